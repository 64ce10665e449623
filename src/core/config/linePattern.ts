/** `readyLine`: a text that a line contains, or a regular expression between slashes. */
import { t } from '../wording/l10n';
import type { LinePattern } from '../model/service';

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: LinePattern }
  /** `why` completes the sentence `"readyLine" …`. */
  | { readonly ok: false; readonly why: string };

/** Flags `g` and `y` are refused: they make a RegExp remember where it stopped, and every line is matched by itself. */
export function parseLinePattern(input: string): ParsedPattern {
  if (input === '') return { ok: false, why: t('must be a text that is not empty') };
  const parts = /^\/(.+)\/([a-z]*)$/s.exec(input);
  if (parts === null) return { ok: true, pattern: { kind: 'text', text: input } };
  const [, source = '', flags = ''] = parts;
  if (/[gy]/.test(flags))
    return { ok: false, why: t('must not have the flags g and y, because every line is matched by itself') };
  try {
    new RegExp(source, flags);
  } catch (error) {
    // The engine says "Invalid regular expression: /(/: Unterminated group"; only the last part helps.
    const detail = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : String(error);
    const why = `${detail.charAt(0).toLowerCase()}${detail.slice(1)}`;
    return {
      ok: false,
      why: t('cannot be used as a regular expression ({0}): correct it, or leave out the slashes to search for the text', why),
    };
  }
  return { ok: true, pattern: { kind: 'regex', source, flags } };
}
