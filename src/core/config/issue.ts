/** Turns the issues of valibot into a place and a message each. */
import type * as v from 'valibot';
import { defined } from '../model/defined';
import { t } from '../wording/l10n';
import { withSubject } from './subject';
import { suggest } from './suggest';
import type { Path } from './tree';

export interface Finding {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly code: 'missingKey' | 'invalidValue';
  readonly message: string;
  /** The word that was probably meant. */
  readonly suggestion?: string;
}

type Issue = v.BaseIssue<unknown>;

/** Returns one finding per place: a value that is invalid in one way needs no second message. */
export function explainIssues(issues: readonly Issue[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of issues.flatMap((issue) => explainIssue(issue, []))) {
    const place = JSON.stringify(finding.path);
    if (!byPlace.has(place)) byPlace.set(place, finding);
  }
  return [...byPlace.values()];
}

function explainIssue(issue: Issue, above: Path): readonly Finding[] {
  const path = [...above, ...keysOf(issue)];
  // Of the forms that a value may have, the one that got furthest is probably the one that was meant.
  const deeper = (issue.issues ?? []).filter((inner) => inner.path !== undefined);
  if (deeper.length > 0) return deeper.flatMap((inner) => explainIssue(inner, path));
  // A word that may stand for an object is nearly right as a word.
  const word = (issue.issues ?? []).find((inner) => wordFor(inner) !== undefined);
  if (word !== undefined) return explainIssue(word, path);
  const part = issue.path?.at(-1)?.origin === 'key' ? 'key' : 'value';
  if (issue.type === 'strict_object' && part === 'key') {
    const owner = path.slice(0, -1);
    const key = quote(path.slice(-1));
    // No key of a service is needed in itself: `checkStart` looks for one of two.
    return [{ path: owner, part, code: 'missingKey', message: t('{0} has no {1}: add it.', quote(owner), key) }];
  }
  const name = path.length === 0 ? t('The service') : quote(path);
  const suggestion = part === 'value' ? wordFor(issue) : undefined;
  const sentences = [withSubject(issue.message, name), ...(part === 'value' ? seenInstead(issue, suggestion) : [])];
  return [{ path, part, code: 'invalidValue', message: sentences.join(' '), ...defined({ suggestion }) }];
}

const keysOf = (issue: Issue): Path => (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));

/** Writes a path as a key: `"checks[0].http"`. */
export const quote = (path: Path) =>
  `"${path.map((key, index) => (typeof key === 'number' ? `[${String(key)}]` : index === 0 ? key : `.${key}`)).join('')}"`;

/** Returns the allowed word that was probably meant. */
function wordFor({ type, input, expected }: Issue): string | undefined {
  if (type !== 'picklist' || typeof input !== 'string') return undefined;
  return suggest(
    input,
    [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word]) => word ?? ''),
  );
}

/** Longer values are not repeated in the message. */
const maxShownCharacters = 40;

/** Returns a sentence with the likely word, or with the current value when it is short enough to help. */
function seenInstead({ input }: Issue, suggestion: string | undefined): readonly string[] {
  if (suggestion !== undefined) return [t('Did you mean "{0}"?', suggestion)];
  if ((typeof input === 'object' && input !== null) || input === undefined) return [];
  const shown = JSON.stringify(input);
  return shown.length <= maxShownCharacters ? [t('Found: {0}.', shown)] : [];
}
