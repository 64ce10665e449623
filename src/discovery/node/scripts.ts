/** Finds the scripts of a package that may start a server, split into the programs that they run. */
import type { Run } from '../command';
import { runsOf } from '../command';
import type { Package } from './packages';

export interface Script {
  readonly name: string;
  readonly run: Run;
  /** Whether the script runs only this program, so that the script itself can be the command. */
  readonly alone: boolean;
  /** The line as written. */
  readonly line: string;
  /** A lower rank means that developers are more likely to use the script. */
  readonly rank: number;
}

const begins = /^(?:dev|develop|start|serve|server|watch|api|backend|frontend|client|web|app|ui|run|local|worker)(?:[:\-_.]|$)/i;
const ends = /[:\-_](?:dev|develop|start|serve|server|watch|local|worker)$/i;
const never =
  /prod|debug|inspect|build|compile|test|lint|docker|(?:^|:)ci(?::|$)|seed|migrat|storybook|mock|deploy|preview|release|format|types?(?:check)?$|e2e|ssl|https|codegen|generate|clean|android|ios|electron|docs/i;

/** A package that is written by hand has fewer that start servers. */
const maxScripts = 50;

/** Returns the first 50. */
export function scriptsOf(one: Package): readonly Script[] {
  const wanted = [...one.scripts].filter(([name]) => (begins.test(name) || ends.test(name)) && !never.test(name));
  return wanted
    .slice(0, maxScripts)
    .flatMap(([name, line]) => readScript(name, line))
    .sort((a, b) => a.rank - b.rank);
}

const several = new Set(['concurrently', 'npm-run-all', 'run-p', 'run-s', 'npm-run-all2', 'conc']);

function readScript(name: string, line: string): readonly Script[] {
  const runs = runsOf(line).flatMap((run): readonly { run: Run; inner: boolean }[] => {
    if (!several.has(run.words[0] ?? '')) return [{ run, inner: false }];
    // Each argument with a space is a line of its own. Scripts that are named in it are read on their own.
    return run.words
      .filter((word) => /\s/.test(word))
      .flatMap((word) => runsOf(word).map((inside) => ({ run: inside, inner: true })));
  });
  // Earlier steps prepare the last one. With `&`, or a runner of several programs, all of them keep running.
  const manyGoOn = runs.some(({ inner }) => inner) || /[^&]&[^&]/.test(line);
  return runs.map(({ run }, index) => ({
    name,
    run,
    alone: !manyGoOn && index === runs.length - 1,
    line,
    rank: rankOf(name) + (manyGoOn ? 20 : 0),
  }));
}

const order = [/^dev$/i, /^(?:start|serve|server)[:\-_]dev$/i, /^(?:develop|local)$/i, /dev/i, /watch/i, /^serve$/i, /^start$/i];

function rankOf(name: string): number {
  const index = order.findIndex((pattern) => pattern.test(name));
  return index < 0 ? order.length : index;
}
