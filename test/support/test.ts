/** `npm test`: runs every suite, says what was skipped and why, and adds up. With CI=true a skip is a failure. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { missingPrograms } from './programs';
import { repositoryRoot } from './repository';
import { npm } from './run';
import { makeScratch } from './scratch';
import { suites, type Suite } from './suites';

interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** What was not run, with the reason where it is known. */
  readonly skipped: readonly string[];
  readonly seconds: number;
}

export async function main(): Promise<number> {
  const inCi = process.env['CI'] === 'true' || process.env['CI'] === '1';
  for (const name of missingPrograms()) console.log(`Not installed: ${name}. Tests that start it are skipped or fail.`);
  const outcomes: Outcome[] = [];
  for (const suite of suites) outcomes.push(await runSuite(suite));
  return report(outcomes, inCi);
}

async function runSuite(suite: Suite): Promise<Outcome> {
  console.log(`\n── ${suite.name} ──`);
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const obstacle = await suite.obstacle?.();
  if (obstacle !== undefined) {
    console.log(`Skipped: ${obstacle}`);
    return { name: suite.name, passed: 0, failed: 0, skipped: [obstacle], seconds: seconds() };
  }
  const scratch = await makeScratch('results');
  const file = join(scratch, 'results.json');
  const { code } = await npm(['run', '--silent', suite.script, '--', ...(suite.args ?? [])], {
    cwd: repositoryRoot,
    env: { ...process.env, ...suite.env, TEST_RESULTS_FILE: file },
  });
  const counted = await readCounts(file);
  await rm(scratch, { recursive: true, force: true });
  // Lint and types count as one check; a suite that broke down before it could count has failed once.
  const ok = code === 0;
  const passed = counted?.passed ?? (ok && !suite.script.startsWith('test') ? 1 : 0);
  const failed = ok && (counted ?? !suite.script.startsWith('test')) ? 0 : Math.max(1, counted?.failed ?? 0);
  return { name: suite.name, passed, failed, skipped: counted?.skipped ?? [], seconds: seconds() };
}

async function readCounts(file: string): Promise<Pick<Outcome, 'passed' | 'failed' | 'skipped'> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  // Our own reporter wrote it.
  return text === undefined ? undefined : (JSON.parse(text) as Pick<Outcome, 'passed' | 'failed' | 'skipped'>);
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
  const failures = sum((outcome) => outcome.failed) + (inCi ? skipped : 0);
  console.log(`\n${sum((outcome) => outcome.passed)} passed, ${failures} failed`);
  return failures > 0 ? 1 : 0;
}
