/** "Terminate batch job (Y/N)?", which `cmd` asks after Ctrl+C in the language of Windows. */
import type { ProcessRow } from '../model/process';

const maxLineCharacters = 200;

/**
 * The letter for yes: the first of the two in parentheses at the end of a line, such as J of "(J/N)?" and Y of "[Y(да)/N(нет)]?". Undefined
 * when the line is no such question.
 */
export function batchLetterIn(line: string): string | undefined {
  const match = /[([](\p{L})(?:\(\p{L}{1,10}\))?\/\p{L}(?:\(\p{L}{1,10}\))?[)\]] ?[?？] ?$/u.exec(line.slice(-maxLineCharacters));
  return match?.[1];
}

/** Whether everything that started nothing else is `cmd`: the programs of the batch files have ended, and only the question is left. */
export function waitsInBatch(members: readonly ProcessRow[]): boolean {
  // Part of the console itself.
  const programs = members.filter(({ command }) => programOf(command) !== 'conhost');
  const parents = new Set(programs.map(({ ppid }) => ppid));
  const leaves = programs.filter(({ pid }) => !parents.has(pid));
  return leaves.length > 0 && leaves.every(({ command }) => programOf(command) === 'cmd');
}

/** Its file name in small letters, without folder and ending: `"C:\Windows\System32\cmd.exe" /c x` and `[cmd.exe]` are `cmd`. */
function programOf(command: string): string {
  const path = command.startsWith('"') ? (command.split('"')[1] ?? '') : (command.split(' ')[0] ?? '');
  const name = path.split(/[\\/]/).at(-1) ?? '';
  return name
    .toLowerCase()
    .replace(/^\[/, '')
    .replace(/\]$/, '')
    .replace(/\.exe$/, '');
}
