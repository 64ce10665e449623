/** Called by VS Code's extension host to run the tests in this folder. */
import { readdirSync } from 'node:fs';
import { url as debuggerUrl } from 'node:inspector';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { reportMark } from '../support/reportMark';

const repository = join(__dirname, '..', '..', '..');

/** Rejects when a test failed, which VS Code turns into its exit code. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]): void => {
    for (const line of format(...args).split('\n')) console.log(reportMark + line);
  };
  const mocha = new Mocha({
    ui: 'bdd',
    failZero: true,
    // None while a debugger may hold a test.
    timeout: debuggerUrl() === undefined ? 30_000 : 0,
    color: false,
    reporter: join(repository, 'test', 'support', 'reporter.cjs'),
  });
  const grep = process.env['MOCHA_GREP'];
  if (grep !== undefined) mocha.grep(grep);
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.js'));
  if (files.length === 0) throw new Error(`No tests were found in ${__dirname}`);
  for (const file of files.toSorted()) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
