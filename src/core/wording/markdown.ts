/** Markdown for tooltips. Names, commands and output come from files and programs, so nothing in them may act as markup. */

/**
 * Escapes the text so that it is shown literally, on one line. Every ASCII punctuation character becomes an entity, which
 * covers emphasis, links, tables, HTML, bare addresses, and `$(icon)`, which VS Code replaces in the rendered HTML.
 */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[!-+.:-@[-`{-~-]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Escapes the text for the status bar, which shows `$(name)` as an icon: an invisible character keeps it text. */
export const escapeIcons = (text: string): string => text.replace(/\$\(/g, '$\u200b(');

/**
 * Returns a link that runs a command. `title` is markdown, `hover` a text of ours without quotes. The arguments are encoded, because
 * brackets would end the link.
 */
export function commandLink(title: string, command: string, args: readonly unknown[] = [], hover?: string): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[()'*!~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  const target = `command:${command}${args.length === 0 ? '' : `?${query}`}`;
  return `[${title}](${target}${hover === undefined ? '' : ` "${hover}"`})`;
}

/** Returns a table of cells that are markdown already. The first row is the head, whose cells may be empty. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (head === undefined) return '';
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
