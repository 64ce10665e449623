/** Markdown for tooltips. Names, commands and output come from files and programs: nothing in them may act as markup. */

/**
 * Text that shows as it stands, on one line. Every ASCII sign of punctuation becomes an entity: that covers emphasis,
 * links, tables, HTML, bare addresses, and `$(icon)`, which VS Code looks for in the rendered HTML.
 */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[!-+.:-@[-`{-~-]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** For the status bar, which shows `$(name)` as an icon: an invisible character between the two keeps it text. */
export const escapeIcons = (text: string): string => text.replace(/\$\(/g, '$\u200b(');

/** A link that runs a command. `title` is markdown; brackets in the arguments would end the link early. */
export function commandLink(title: string, command: string, args: readonly unknown[] = []): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[()'*!~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `[${title}](command:${command}${args.length === 0 ? '' : `?${query}`})`;
}

/** Cells are markdown already. The first row is the head; empty heads are fine. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (head === undefined) return '';
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
