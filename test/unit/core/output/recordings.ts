/**
 * The recorded outputs of test/fixtures/outputs and what is expected of each: the sentence that a demanding user would want to read, and the code
 * of the verdict. The rows were written before the search for causes was run on them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutputTail } from '../../../../src/core/output/outputTail';
import { repositoryRoot } from '../../../support/repository';

export interface Recording {
  /** Below test/fixtures/outputs, without `.txt`. */
  readonly file: string;
  readonly command: string;
  readonly exitCode: number;
  /** Empty when the output names no cause. */
  readonly sentence: string;
  readonly code: string;
  /** The service was healthy from the line after the one that contains this. */
  readonly healthyAfter?: string;
  /** Not written by the real tool, which does not run here. */
  readonly played?: boolean;
}

const folder = join(repositoryRoot, 'test', 'fixtures', 'outputs');

export const recordings = (): readonly Recording[] => JSON.parse(readFileSync(join(folder, 'table.json'), 'utf8')) as Recording[];

export const rawOutput = (file: string): string => readFileSync(join(folder, `${file}.txt`), 'utf8');

/** Returns the lines as the product reads them, and how many of them were written before the service was healthy. */
export function linesOf({ file, healthyAfter }: Recording): { readonly lines: readonly string[]; readonly before: number } {
  const tail = new OutputTail();
  tail.append(rawOutput(file));
  const lines = tail.lines();
  const before = healthyAfter === undefined ? 0 : lines.findIndex((line) => line.includes(healthyAfter)) + 1;
  if (healthyAfter !== undefined && before === 0) throw new Error(`${file} has no line with ${healthyAfter}`);
  return { lines, before };
}
