/** What the output of a service reveals about its current state. */
import { t } from '../wording/l10n';
import { clean } from '../output/cause/cleaning';
import type { Entry } from '../output/cause/entry';
import { findCause } from '../output/cause/findCause';
import type { Cause } from '../output/cause/findCause';
import { presentEntries } from '../output/cause/phases';
import { isWrapperLine } from '../output/cause/wrappers';
import { failureOf } from './queries';
import type { Facts } from './facts';
import { matchLines } from './signatures/signatures';
import type { SignatureKind, SignatureMatch } from './signatures/signatures';
import { signatureTable } from './signatures/signatureTable';

type OutputFacts = Pick<Facts, 'output' | 'linesBeforeHealthy'>;

/** Returns the known lines; none when the output is not available. */
export const linesOf = ({ output }: Pick<Facts, 'output'>): readonly string[] => (output.kind === 'known' ? output.value : []);

/** Returns the signatures of these kinds in the lines, the latest last. */
export const matchSignatures = (lines: readonly string[], ...kinds: readonly SignatureKind[]): readonly SignatureMatch[] =>
  matchLines(cleanLines(lines), signatureTable).filter(({ kind }) => kinds.includes(kind));

/** Returns the latest signature of these kinds that explains the present state. `at` is its index in `presentLines`. */
export const latestMatch = (
  facts: OutputFacts & Pick<Facts, 'state'>,
  ...kinds: readonly SignatureKind[]
): SignatureMatch | undefined => presentMatches(facts, ...kinds).at(-1);

/**
 * Returns the signatures of these kinds that explain the present state: what was written before the service was healthy, before its last
 * start, or before the error that ended it, is over.
 */
export function presentMatches(
  facts: OutputFacts & Pick<Facts, 'state'>,
  ...kinds: readonly SignatureKind[]
): readonly SignatureMatch[] {
  const entries = entriesOf(facts);
  const lines = entries.map(({ text }) => text);
  const cause = causeOf(facts);
  const from = failureOf(facts)?.kind === 'crashed' ? (cause?.from ?? 0) : 0;
  const matches = matchLines(lines, signatureTable).filter(({ at }) => (entries[at]?.at ?? 0) >= from);
  return [...matches, ...sentenceMatches(entries, cause)].filter(({ kind }) => kinds.includes(kind));
}

/** A message of several lines is only complete in the sentence. */
function sentenceMatches(entries: readonly Entry[], cause: Cause | undefined): readonly SignatureMatch[] {
  if (cause === undefined) return [];
  const at = entries.findIndex((entry) => entry.at === cause.at);
  return matchLines([cause.sentence], signatureTable).map((match) => ({ ...match, at }));
}

/** Returns all known lines without drawings and prefixes: `at` of {@link matchSignatures} is an index of these. */
export const cleanLines = (lines: readonly string[]): readonly string[] => clean(lines).map(({ text }) => text);

/** Returns the lines since the service was healthy or its last start, without the prefixes of runners. */
export const presentLines = (facts: OutputFacts): readonly string[] => entriesOf(facts).map(({ text }) => text);

const entriesOf = (facts: OutputFacts): readonly Entry[] => presentEntries(clean(phaseOf(facts)));

const phaseOf = (facts: OutputFacts): readonly string[] => linesOf(facts).slice(facts.linesBeforeHealthy);

/** Returns the line that names why the service ended or does not work; undefined when no line does. */
export function causeOf(facts: OutputFacts & Pick<Facts, 'state'>): Cause | undefined {
  const failure = failureOf(facts);
  const exitCode = failure?.kind === 'crashed' ? failure.end.exitCode : undefined;
  return findCause(phaseOf(facts), exitCode !== undefined && exitCode !== 0);
}

/** Returns the line that names the cause, if any, and the last `amount` lines, as evidence. */
export function lastOutput(facts: OutputFacts & Pick<Facts, 'state'>, amount = 3): readonly string[] {
  const cause = causeOf(facts);
  const written = clean(linesOf(facts)).map(({ text }) => text.trim());
  const own = written.filter((line) => line !== '' && line.length <= maxEvidenceCharacters && !isWrapperLine(line));
  const shown = [...(cause === undefined ? [] : [cause.sentence]), ...own.slice(-amount)];
  return [...new Set(shown)].map(quoted);
}

/** Longer lines are minified source, or data. */
const maxEvidenceCharacters = 500;
const maxQuotedCharacters = 300;

/** A line of output as evidence. */
export const quoted = (line: string): string => t('Output: {0}', line.trim().slice(0, maxQuotedCharacters));
