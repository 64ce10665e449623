/** Which of the commands of `a & b` has ended, from the processes of the tree. A shell says nothing about it. */
import type { ProcessRow } from '../model/process';

const shell = /^(?:\S*\/)?(?:sh|bash|dash|zsh|ksh)(?:\s+-\S+)*\s+-\w*c\s+(?<script>.+)$/;
/** A single ampersand, and no redirection such as `2>&1` or `&>`. */
const background = /(?<![&>|<\\])&(?![&>|])/;

export const isParallel = (script: string): boolean => script.length <= maxScriptCharacters && partsOf(script).length > 1;

/**
 * Returns the command that is not running any more, an empty string when it cannot be told which one, and undefined when all run or nothing is
 * certain. `leader` is the pid of the service's first process, `command` what it was started with.
 */
export function lostPart(members: readonly ProcessRow[], leader: number, command: string): string | undefined {
  for (const row of members) {
    const script = shell.exec(row.command.slice(0, maxScriptCharacters))?.groups?.['script'];
    if (script !== undefined && isParallel(script)) return lostOf(partsOf(script), childrenOf(members, row.pid));
  }
  // bash replaces itself by the last command.
  const first = members.find(({ pid }) => pid === leader);
  if (first === undefined || !isParallel(command) || shell.test(first.command)) return undefined;
  return lostOf(partsOf(command), [first, ...childrenOf(members, leader)]);
}

const maxScriptCharacters = 2000;

const childrenOf = (members: readonly ProcessRow[], pid: number): readonly ProcessRow[] =>
  members.filter(({ ppid }) => ppid === pid);

function lostOf(parts: readonly string[], running: readonly ProcessRow[]): string | undefined {
  if (running.length === 0 || running.length >= parts.length) return undefined;
  const unseen = parts.filter((part) => !running.some(({ command }) => command.includes(part)));
  return unseen.length === parts.length - running.length ? unseen[0] : '';
}

/** The last simple command of each part, without quotes, variables and redirections: as the process table shows it. */
function partsOf(script: string): readonly string[] {
  return script
    .split(background)
    .map((part) => part.split(/&&|\|\||;/).findLast((each) => each.trim() !== '') ?? '')
    .map((part) =>
      part
        .replace(/["'()]/g, '')
        .replace(/\d?>{1,2} ?\S+/g, '')
        .replace(/^(?:\s*[A-Z_]\w*=\S*)+/, '')
        .trim(),
    )
    .filter((part) => part !== '' && part !== 'wait');
}
