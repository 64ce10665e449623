/** A line of ours as it is typed into a terminal of Windows, whose shell the user has chosen. */

type Kind = 'powershell' | 'cmd' | 'posix';

/** `shell` is its path. */
function kindOf(shell: string): Kind {
  const name = shell
    .slice(Math.max(shell.lastIndexOf('/'), shell.lastIndexOf('\\')) + 1)
    .replace(/\.exe$/i, '')
    .toLowerCase();
  if (name === 'cmd') return 'cmd';
  return /^(?:powershell|pwsh)/.test(name) ? 'powershell' : 'posix';
}

/** Quoted text, a word, or space. */
const tokens = /"[^"]*"|'[^']*'|[^\s"']+|\s+|[^]/g;

export const isPowerShell = (shell: string): boolean => kindOf(shell) === 'powershell';

export function typedLine(line: string, shell: string): string {
  // Only PowerShell knows it.
  if (line.startsWith('Set-ExecutionPolicy ')) return isPowerShell(shell) ? line : `powershell -NoProfile -Command "${line}"`;
  const [program = '', ...rest] = line.match(tokens) ?? [];
  switch (kindOf(shell)) {
    case 'powershell':
      // Without the operator it would show the text.
      return /^["']/.test(program) ? `& ${line}` : line;
    case 'cmd':
      return (program.startsWith('"') ? program : program.replaceAll('/', '\\')) + rest.join('');
    case 'posix':
      return [program, ...rest].map((token) => (/^["']/.test(token) ? token : token.replaceAll('\\', '/'))).join('');
  }
}
