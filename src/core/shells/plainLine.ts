/** Lines that mean the same in sh, zsh, PowerShell and cmd, or that mean the same without a shell. */

const letters = /^(?:[\w@+=:./-]|\$\{port\})+$/;

/**
 * PowerShell takes `@x` for a variable, and splits `-a.b` before the dot; zsh takes `=x` for the path of x. Backslashes, commas and percent
 * signs are left out above: sh removes the first, PowerShell makes a list at the second, and cmd reads variables between the third.
 */
const special = /^[@=]|^-[A-Za-z_][\w-]*\./;

/** Every shell passes it on unchanged, as an argument. */
export const isPlainWord = (word: string): boolean => letters.test(word) && !special.test(word);

/**
 * Every shell starts it. cmd takes what follows a slash for an option, so that a path to a program of Windows, which has an ending, is none.
 * sh takes `A=b` for a variable.
 */
export const isPlainProgram = (word: string): boolean =>
  isPlainWord(word) && !/^[-+]|=/.test(word) && !(word.includes('/') && /\.(?:exe|cmd|bat|com)$/i.test(word));

/** A word without quotes, or one in double quotes in which no shell would replace anything. */
const bare = /^(?:[\w@+=:.,/\\-]|\$\{port\})+$/;
const quoted = /^"([^"$`%^!]+)"$/;

/**
 * The words of a line that begins with a path on Windows, if no shell has anything else to do with it. There is no way to write such a path
 * that all shells understand: cmd wants backslashes, Git Bash removes them, and PowerShell only shows one in quotes.
 */
export function wordsWithoutShell(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let isBetween = true;
  for (const token of line.trim().match(tokens) ?? []) {
    const isSpace = token.trim() === '';
    if (!isSpace) {
      const word = isBetween ? literal(token) : undefined;
      if (word === undefined) return undefined;
      words.push(word);
    }
    isBetween = isSpace;
  }
  return /[\\/]/.test(words[0] ?? '') ? words : undefined;
}

const tokens = /"[^"]*"|\s+|[^\s"]+|"/g;

/** Before a quote or a space a backslash may be meant for the shell. */
const literal = (word: string): string | undefined => {
  const text = bare.test(word) ? word : quoted.exec(word)?.[1];
  return text?.endsWith('\\') === true ? undefined : text;
};
