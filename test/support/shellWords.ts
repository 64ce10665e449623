/**
 * What programs get of a line in each shell. sh and bash are asked; the rules of the shells of Windows are those of their documentation, as
 * far as a line without operators needs them:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing and about_Quoting_Rules,
 * https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
import { spawnSync } from 'node:child_process';

/** Undefined where the shell does something else with the line than to run a program. */
export type ShellWords = readonly string[] | undefined;

/** For systems that have it. */
export function posixWords(shell: string, line: string): ShellWords {
  const [, program = '', rest = ''] = /^(\S+)([^]*)$/.exec(line) ?? [];
  if (/^\w+=/.test(program)) return undefined;
  const { stdout, status } = spawnSync(shell, ['-c', `printf '%s\\0' ${program}${rest}`], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\0').slice(0, -1) : undefined;
}

/** In the mode of commands: what begins with a quote or a number is an expression, and what runs nothing. */
export function powerShellWords(line: string): ShellWords {
  if (/[;|&<>(){}$`#]/.test(line.replaceAll('${port}', '1')) || /^["'\d]/.test(line)) return undefined;
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const found = words.flatMap((word, index) => {
    if (/^@\w/.test(word)) return [undefined];
    if (word === '--%') return [undefined];
    const text = word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? '');
    if (index === 0 || /["']/.test(word)) return [text];
    // A name of a parameter ends before a dot, and a comma makes a list, of which each member is an argument.
    const parameter = /^(-[A-Za-z_][\w-]*)(\..*)$/.exec(text);
    return parameter === null ? text.split(',') : [parameter[1], parameter[2]];
  });
  return found.every((word) => word !== undefined) ? found : undefined;
}

/** `cmd /c`. The program ends at what separates arguments; after a slash it reads an option. */
export function cmdWords(line: string): ShellWords {
  if (/[&|<>^]/.test(line)) return undefined;
  const [program = ''] = /^(?:"[^"]*"|[^\s"])+/.exec(line) ?? [];
  if (!program.startsWith('"') && /[/,;=]/.test(program)) return undefined;
  if (/%[^%\s]+%/.test(line)) return undefined;
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ''));
}
