/**
 * Package managers on Windows, and what they install, come as `npm.cmd`, `npm.ps1` and a script for sh. PowerShell takes the second for `npm`:
 * it swallows `--`, so that `npm run dev -- --port 5173` loses its arguments (npm/cli issues 3136 and 8852), and Windows' default policy
 * refuses it. `npm.cmd` is the same program in PowerShell, cmd and Git Bash.
 */
export const packageManagerNames: ReadonlySet<string> = new Set(['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'corepack']);

/** Without an ending, a folder or a variable. */
const bareName = /^[A-Za-z][\w-]*$/;

/** Quoted text, what separates commands, a word, or space. */
const tokens = /"[^"]*"|'[^']*'|&&|\|\||[;|]|[^\s"';|&]+|\s+|[^]/g;

/** Writes `.cmd` behind names that begin a command; `isBatch` says which of them are to be run as batch files here. */
export async function withBatchNames(line: string, isBatch: (name: string) => Promise<boolean>): Promise<string> {
  const found = line.match(tokens) ?? [];
  const written: string[] = [];
  let isFirst = true;
  for (const [index, token] of found.entries()) {
    const isWhole = /^(?:\s|$|[;|&])/.test(found[index + 1] ?? '');
    written.push(isFirst && isWhole && bareName.test(token) && (await isBatch(token)) ? `${token}.cmd` : token);
    if (token.trim() !== '') isFirst = /^(?:&&|\|\||[;|])$/.test(token);
  }
  return written.join('');
}
