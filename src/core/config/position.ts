/** Returns line and character of an offset, both from 0 and in UTF-16 units. Line breaks are those of VS Code: LF, CR LF, CR. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly character: number } {
  const before = text.slice(0, Math.max(0, offset));
  // Between CR and LF the line has not ended yet: the break counts when it is complete.
  const isInsideBreak = before.endsWith('\r') && text[before.length] === '\n';
  const lines = (isInsideBreak ? before.slice(0, -1) : before).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
