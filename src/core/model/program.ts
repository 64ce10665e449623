/** The program that a command runs. */

/** Returns its name without folder and ending: `nginx` of `/usr/sbin/nginx -p .`. Empty when the command does not show it. */
export function programOf(command: string | readonly string[]): string {
  const words = typeof command === 'string' ? command.trim().split(/\s+/) : command;
  const program = words.find((word) => !/^\w+=/.test(word) && !wrappers.has(word)) ?? '';
  const name = program.replace(/^["']|["']$/g, '');
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd)$/i, '');
}

const wrappers: ReadonlySet<string> = new Set(['exec', 'env', 'nohup', 'setsid', 'sudo', 'command']);
