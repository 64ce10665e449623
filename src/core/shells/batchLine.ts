/** Batch files run in `cmd`, which has rules of its own for what an argument may hold. */

export const isBatchFile = (program: string): boolean => /\.(?:cmd|bat)$/i.test(program);

/**
 * The line for `cmd /d /s /c` that runs a batch file with exactly these arguments. A batch file hands its arguments on as text (`%*`), so they
 * are read twice: quotes protect them there, and carets here. An argument with a quote has a second set of carets for the second reading.
 */
export const batchLine = (program: string, args: readonly string[]): string => `"${commandLineOf(program, args)}"`;

/** The same for what puts the quotes around it, as Node does with `shell: true`. A program of another kind may get no argument with a quote. */
export const commandLineOf = (program: string, args: readonly string[]): string =>
  [carets(quoted(program)), ...args.map(batchArgument)].join(' ');

/** What every reader takes as it is. Commas, semicolons and equals signs separate the arguments of a batch file. */
const plain = /^[\w\-./\\:@+]+$/;

function batchArgument(argument: string): string {
  if (plain.test(argument)) return argument;
  const once = carets(quoted(argument));
  return argument.includes('"') ? carets(once) : once;
}

/** As the C runtime reads a command line: a quote has a backslash before it, and backslashes before a quote are doubled. */
function quoted(argument: string): string {
  const parts = argument.split('"').map((part) => part + '\\'.repeat(trailingBackslashes(part)));
  return `"${parts.join('\\"')}"`;
}

function trailingBackslashes(text: string): number {
  let count = 0;
  while (count < text.length && text[text.length - 1 - count] === '\\') count++;
  return count;
}

const carets = (text: string): string => text.replace(/[()%!^"<>&|]/g, '^$&');
