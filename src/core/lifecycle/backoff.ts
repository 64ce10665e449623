/** When to try again after a failure, and when not to. */
import type { ProcessEnd, RepeatingCause } from '../model/failure';
import type { Backoff } from '../model/service';
import { unknownCommand } from '../output/unknownCommand';

/**
 * Pause in ms before restart number `made` + 1: doubled each time up to the maximum, then moved by up to a fifth either way,
 * so that services that fell together do not rise together. `chance` is 0 to 1.
 */
export function backoffDelay({ initial, max }: Backoff, made: number, chance: number): number {
  const doubled = initial * 2 ** Math.min(made, 30);
  return Math.round(Math.min(max, doubled) * (0.8 + 0.4 * chance));
}

/** A failure that a restart must repeat; undefined when trying again may help. */
export function repeatingCause({ exitCode, lastLine = '' }: ProcessEnd): RepeatingCause | undefined {
  if (exitCode === 127 || exitCode === 9009) return 'missingCommand';
  return signatures.find(([, pattern]) => pattern.test(lastLine))?.[0];
}

/** Words of Python, Node, esbuild, Vite, npm, shells and systems: see also the signatures of address in use by system. */
const signatures: readonly (readonly [RepeatingCause, RegExp])[] = [
  [
    'addressInUse',
    /address already in use|EADDRINUSE|Errno (?:48|98|10048)|port \d+ is (?:already )?in use(?!.*(?:trying another|using available))|port is already allocated|AddrInUse/i,
  ],
  [
    'missingModule',
    /ModuleNotFoundError|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|Could not import module|No module named/,
  ],
  // Not of another language: a database reports the syntax of a query, JSON.parse the syntax of an answer.
  ['syntaxError', /(?<![\w.])(?:SyntaxError: (?!.*\bJSON\b)|IndentationError|TabError)|Transform failed with|\[PARSE_ERROR\]/],
  [
    'missingCommand',
    /command not found|: not found$|is not recognized as (?:an internal or external command|(?:the|a) name of a cmdlet)|Missing script:/,
  ],
  ['missingCommand', unknownCommand],
  // PowerShell refuses the script of this name, such as npm.ps1.
  ['missingCommand', /\babout_Execution_Policies\b/],
];
