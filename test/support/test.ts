/**
 * `npm test [-- names of suites]`: runs every suite, or these; says what was skipped and why, and ends with the counts and what failed.
 * With CI=true a skip is a failure.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { missingPrograms } from './programs';
import { repositoryRoot } from './repository';
import { npm } from './run';
import { makeScratch } from './scratch';
import { chosen, suitesOn, type Suite } from './suites';

/** What our own reporter writes. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What was not run, with the reason where it is known. */
  readonly skipped: readonly string[];
  /** Title and error of each failure. */
  readonly failures: readonly string[];
}

interface Outcome extends Counts {
  readonly name: string;
  readonly seconds: number;
}

/** Of each failure, and of a suite without counts: what is printed again at the end. */
const shownLines = 50;

export async function main(names: readonly string[]): Promise<number> {
  const suites = chosen(suitesOn(process.platform), names);
  const inCi = process.env['CI'] === 'true' || process.env['CI'] === '1';
  for (const name of missingPrograms()) console.log(`Not installed: ${name}. Tests that start it are skipped or fail.`);
  const outcomes: Outcome[] = [];
  for (const group of suites) {
    // The output of suites that run at once is printed one after the other.
    const output = group.length > 1 ? 'keep' : 'show';
    outcomes.push(...(await Promise.all(group.map((suite) => runSuite(suite, output)))));
  }
  return report(outcomes, inCi);
}

async function runSuite(suite: Suite, output: 'show' | 'keep'): Promise<Outcome> {
  const heading = `\n── ${suite.name} ──`;
  if (output === 'show') console.log(heading);
  const started = Date.now();
  const outcome = (counts: Partial<Counts>): Outcome => {
    const seconds = Math.round((Date.now() - started) / 1000);
    return { passed: 0, failed: 0, skipped: [], failures: [], ...counts, name: suite.name, seconds };
  };
  const obstacle = await suite.obstacle?.();
  if (obstacle !== undefined) {
    console.log(`Skipped ${suite.name}: ${obstacle}`);
    return outcome({ skipped: [obstacle] });
  }
  const scratch = await makeScratch('results');
  const file = join(scratch, 'results.json');
  const ended = await npm(['run', '--silent', suite.script, '--', ...(suite.args ?? [])], {
    cwd: repositoryRoot,
    env: { ...process.env, ...suite.env, TEST_RESULTS_FILE: file },
    output,
  });
  if (output === 'keep') console.log(`${heading}\n${ended.output}`);
  const counts = await readCounts(file);
  await rm(scratch, { recursive: true, force: true });
  if (ended.code === 0 && counts !== undefined) return outcome({ ...counts, failed: 0 });
  // Lint and types count as one check; a suite that broke down before it could count has failed once.
  if (ended.code === 0 && !suite.script.startsWith('test')) return outcome({ passed: 1 });
  const failures = counts?.failures.length ? counts.failures : [ended.output.trimEnd().split('\n').slice(-shownLines).join('\n')];
  return outcome({ ...counts, failed: Math.max(1, counts?.failed ?? 0), failures });
}

async function readCounts(file: string): Promise<Counts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Counts);
}

function report(outcomes: readonly Outcome[], inCi: boolean): number {
  const sum = (pick: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const skipped = sum((outcome) => outcome.skipped.length);
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(11) : String(cell).padStart(9))).join('');
  console.log(`\n${row(['suite', 'passed', 'failed', 'skipped', 'seconds'])}`);
  for (const { name, passed, failed, skipped: some, seconds } of outcomes)
    console.log(row([name, passed, failed, some.length, seconds]));
  for (const { name, skipped: some } of outcomes) for (const what of some) console.log(`Skipped in ${name}: ${what}`);
  if (skipped > 0 && inCi) console.log('With CI=true a skip is a failure.');
  for (const { name, failures } of outcomes)
    for (const what of failures) console.log(`\nFailed in ${name}: ${what.split('\n').slice(0, shownLines).join('\n')}`);
  const failures = sum((outcome) => outcome.failed) + (inCi ? skipped : 0);
  console.log(`\n${sum((outcome) => outcome.passed)} passed, ${failures} failed`);
  return failures > 0 ? 1 : 0;
}
