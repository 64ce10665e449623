/** Finds the scripts of a package that may start a server, split into the programs that they run. */
import type { Run } from '../command';
import type { Package } from './packages';
import { isService, partsOf } from './parts';
import type { Part } from './parts';

export interface Script {
  readonly name: string;
  readonly run: Run;
  /** Whether the script runs no other service, so that the script itself can be the command. */
  readonly alone: boolean;
  /** Whether arguments after the script reach this program. */
  readonly passesArguments: boolean;
  /** The line as written. */
  readonly line: string;
  /** The script through which it starts the program, when there is one. */
  readonly through?: string;
  /** A lower rank means that developers are more likely to use the script. */
  readonly rank: number;
}

const begins = /^(?:dev|develop|start|serve|server|watch|api|backend|frontend|client|web|app|ui|run|local|worker)(?:[:\-_.]|$)/i;
const ends = /[:\-_](?:dev|develop|start|serve|server|watch|local|worker)$/i;
const never =
  /prod|debug|inspect|build|compile|test|lint|docker|(?:^|:)ci(?::|$)|seed|migrat|storybook|mock|deploy|preview|release|format|types?(?:check)?$|e2e|ssl|https|codegen|generate|clean|android|ios|electron|docs/i;

/** Names that say what developers run. Another name needs a program that is not a tool of the project. */
const usual =
  /^(?:dev|develop|start|serve|server|api|backend|frontend|client|web|worker)(?:[:\-_.]|$)|[:\-_](?:dev|develop|start|serve|worker)$/i;
const toolFolders = /(?:^|\s)(?:\.\/)?(?:extra|scripts?|tools?|tasks|ci|hack|misc|utils?|tests?|bench\w*|\.github)\//;

/** A package that is written by hand has fewer that start servers. */
const maxScripts = 50;

/** Returns the first 50. */
export function scriptsOf(one: Package): readonly Script[] {
  const wanted = [...one.scripts].filter(([name]) => (begins.test(name) || ends.test(name)) && !never.test(name));
  return wanted
    .slice(0, maxScripts)
    .flatMap(([name, line]) => readScript(name, line, one))
    .sort((a, b) => a.rank - b.rank);
}

function readScript(name: string, line: string, one: Package): readonly Script[] {
  const { parts, isParallel } = partsOf(line, one);
  const running = parts.filter(({ isStep }) => isStep !== true);
  const services = isParallel ? running.filter((part) => isService(part, one)) : running;
  const others = parts.filter(({ isStep }) => isStep === true);
  const isWhole = services.length === 1;
  return [...services, ...others].flatMap((part): readonly Script[] => {
    const isLast = services.includes(part);
    if (!usual.test(name) && toolFolders.test(part.run.words.join(' '))) return [];
    const own = isWhole && isLast ? name : (part.script ?? name);
    return [
      {
        name: own,
        run: part.run,
        alone: (isWhole && isLast) || (part.script !== undefined && own === part.script),
        passesArguments: !isParallel,
        ...(part.script === undefined || part.script === own ? {} : { through: part.script }),
        line: own === name ? line : (one.scripts.get(own) ?? line),
        rank:
          rankOf(name) +
          rankOfPart(part, { isParallel, isWhole, count: running.length }) +
          (running.length === 1 && runner.test(line) ? 5 : 0),
      },
    ];
  });
}

/** A runner of one program adds nothing to the script that it starts. */
const runner = /\b(?:concurrently|conc|npm-run-all2?|run-p|run-s)\s/;

interface Seen {
  readonly isParallel: boolean;
  readonly isWhole: boolean;
  readonly count: number;
}

function rankOfPart({ run }: Part, { isParallel, isWhole, count }: Seen): number {
  const together = isParallel ? (isWhole && count > 1 ? 0 : 20) : 0;
  // It needs a build, which developers do not have.
  const built = run.env['NODE_ENV'] === 'production' || /(?:^|\s)(?:\.\/)?(?:dist|build)\//.test(run.words.join(' ')) ? 10 : 0;
  return together + (isParallel ? 0 : built);
}

const order = [/^dev$/i, /^(?:start|serve|server)[:\-_]dev$/i, /^(?:develop|local)$/i, /dev/i, /watch/i, /^serve$/i, /^start$/i];

function rankOf(name: string): number {
  const index = order.findIndex((pattern) => pattern.test(name));
  return index < 0 ? order.length : index;
}
