/** `readyLine`: a string that a line contains, or a regular expression between slashes. */
import { t } from '../wording/l10n';
import type { LinePattern } from '../model/service';
import { subject } from './subject';

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: LinePattern }
  /** `why` is a sentence with `subject` in place of the key. */
  | { readonly ok: false; readonly why: string };

/** Refuses the flags `g` and `y`: they make a RegExp remember where it stopped, and each line is matched separately. */
export function parseLinePattern(input: string): ParsedPattern {
  if (input === '') return { ok: false, why: t('{0} must be a non-empty string.', subject) };
  const parts = /^\/(.+)\/([a-z]*)$/s.exec(input);
  if (parts === null) return { ok: true, pattern: { kind: 'text', text: input } };
  const [, source = '', flags = ''] = parts;
  if (/[gy]/.test(flags))
    return { ok: false, why: t('{0} must not use the flags g and y, because each line is matched separately.', subject) };
  try {
    new RegExp(source, flags);
  } catch (error) {
    // The engine reports "Invalid regular expression: /(/: Unterminated group"; only the last part helps.
    const detail = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : String(error);
    const why = `${detail.charAt(0).toLowerCase()}${detail.slice(1)}`;
    return {
      ok: false,
      why: t(
        '{0} is not a valid regular expression ({1}): correct it, or remove the slashes to search for the string itself.',
        subject,
        why,
      ),
    };
  }
  return { ok: true, pattern: { kind: 'regex', source, flags } };
}
