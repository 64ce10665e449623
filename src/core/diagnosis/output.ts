/** What the output of a service reveals about its current state. */
import { t } from '../wording/l10n';
import { readSign } from '../output/serverSignatures';
import { tellingLine } from '../output/outputTail';
import type { Facts } from './facts';
import { isOwnTrace } from './ownTraces';
import { matchLines } from './signatures/signatures';
import type { SignatureKind, SignatureMatch } from './signatures/signatures';
import { signatureTable } from './signatures/signatureTable';

/** Returns the known lines, without the traces of health checks; none when the output is not available. */
export const linesOf = ({ output }: Pick<Facts, 'output'>): readonly string[] =>
  output.kind === 'known' ? output.value.filter((line) => !isOwnTrace(line)) : [];

/** Returns the signatures of these kinds in the lines, the latest last. */
export const matchSignatures = (lines: readonly string[], ...kinds: readonly SignatureKind[]): readonly SignatureMatch[] =>
  matchLines(lines, signatureTable).filter(({ kind }) => kinds.includes(kind));

/** Returns the latest signature of these kinds since the last reload or successful start: earlier errors are over. */
export function latestMatch(facts: Pick<Facts, 'output'>, ...kinds: readonly SignatureKind[]): SignatureMatch | undefined {
  return matchSignatures(presentLines(linesOf(facts)), ...kinds).at(-1);
}

/** Returns the lines since the last reload or successful start; all of them when there was none. */
export function presentLines(lines: readonly string[]): readonly string[] {
  const started = lines.findLastIndex((line) => readSign(line)?.kind === 'reload' || isFresh(line));
  return started < 0 ? lines : lines.slice(started + 1);
}

const fresh = signatureTable.filter(({ kind }) => kind === 'fresh');
const isFresh = (line: string): boolean => fresh.some(({ pattern }) => pattern.test(line));

/** Returns the line that names the cause, if any, and the last `amount` lines, as evidence. */
export const lastOutput = (facts: Facts, amount = 3): readonly string[] => {
  const telling = tellingLine(linesOf(facts), undefined);
  const last = linesOf(facts)
    .filter((line) => line.trim() !== '')
    .slice(-amount);
  return [...new Set([...(telling === undefined ? [] : [telling]), ...last.map((line) => line.trim())])].map(quoted);
};

const maxQuotedCharacters = 300;

/** A line of output as evidence. */
export const quoted = (line: string): string => t('Output: {0}', line.trim().slice(0, maxQuotedCharacters));
