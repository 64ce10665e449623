/** What the output of the service says of its present state. */
import { t } from '../wording/l10n';
import { readSign } from '../output/serverSignatures';
import { tellingLine } from '../output/outputTail';
import type { Facts } from './facts';
import { read } from './signatures/signatures';
import type { SignatureKind, Told } from './signatures/signatures';
import { signatureTable } from './signatures/signatureTable';

/** Lines known of the service; none when its output could not be seen. */
export const linesOf = ({ output }: Pick<Facts, 'output'>): readonly string[] => (output.kind === 'known' ? output.value : []);

/** All that is told in any lines, the latest last. */
export const told = (lines: readonly string[], ...kinds: readonly SignatureKind[]): readonly Told[] =>
  read(lines, signatureTable).filter(({ kind }) => kinds.includes(kind));

/** The latest word of these kinds since the last reload or good start: what was said before is over. */
export function lastTold(facts: Pick<Facts, 'output'>, ...kinds: readonly SignatureKind[]): Told | undefined {
  return told(presentLines(linesOf(facts)), ...kinds).at(-1);
}

/** The lines since the service was last made anew; all of them when it never was. */
export function presentLines(lines: readonly string[]): readonly string[] {
  const made = lines.findLastIndex((line) => readSign(line)?.kind === 'reload' || isFresh(line));
  return made < 0 ? lines : lines.slice(made + 1);
}

const fresh = signatureTable.filter(({ kind }) => kind === 'fresh');
const isFresh = (line: string): boolean => fresh.some(({ pattern }) => pattern.test(line));

/** The end of what it said, for evidence. */
export const lastWords = (facts: Facts, amount = 3): readonly string[] => {
  const telling = tellingLine(linesOf(facts), undefined);
  const last = linesOf(facts)
    .filter((line) => line.trim() !== '')
    .slice(-amount);
  return [...new Set([...(telling === undefined ? [] : [telling]), ...last.map((line) => line.trim())])].map(quoted);
};

/** A line of output as evidence. */
export const quoted = (line: string): string => t('Output: {0}', line.trim().slice(0, 300));
