/** Text with the codes of colours (SGR of ECMA-48, as xterm reads them) to pieces with their style. Never markup. */

/** An index of the palette of 256 colours, or `#rrggbb`. */
export type Color = number | string;

export interface Style {
  readonly color?: Color;
  readonly background?: Color;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

export interface Piece {
  readonly text: string;
  readonly style: Style;
}

const escape = '\\u001b';
const codes = new RegExp(`${escape}\\[([0-9;:]{0,80})m`, 'g');

/** Equal to the text that the pieces have together. */
export const plainText = (styled: string): string => (styled.includes('\u001b') ? styled.replace(codes, '') : styled);

/** `before` is the style in which the line begins. */
export function piecesOf(styled: string, before: Style = {}): readonly Piece[] {
  if (!styled.includes('\u001b')) return [{ text: styled, style: before }];
  const pieces: Piece[] = [];
  let style = before;
  let from = 0;
  const add = (until: number): void => {
    if (until > from) pieces.push({ text: styled.slice(from, until), style });
  };
  for (const match of styled.matchAll(codes)) {
    add(match.index);
    style = applied(style, match[1] ?? '');
    from = match.index + match[0].length;
  }
  add(styled.length);
  return pieces;
}

const reset = new RegExp(`${escape}\\[0?m$`);

/** The style in which the next line begins, as in a terminal; undefined for none. */
export function styleAfter(styled: string, before: Style | undefined): Style | undefined {
  if (!styled.includes('\u001b')) return before;
  // Most lines take back at their end what they set.
  if (reset.test(styled.slice(-resetLength))) return undefined;
  let style: Style = before ?? {};
  for (const [, written = ''] of styled.matchAll(codes)) style = applied(style, written);
  return Object.values(style).some((value) => value !== false) ? style : undefined;
}

/** Characters of the longest code that takes everything back. */
const resetLength = 4;

function applied(before: Style, written: string): Style {
  const numbers = written.split(/[;:]/).map((each) => (each === '' ? 0 : Number(each)));
  let style = before;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    if (number === 38 || number === 48) {
      const [color, used] = extended(numbers.slice(at + 1));
      if (color !== undefined) style = number === 38 ? { ...style, color } : { ...style, background: color };
      at += used;
    } else style = simple(style, number);
  }
  return style;
}

/** The color after 38 or 48, and how many numbers it takes. */
function extended([mode, ...rest]: readonly number[]): readonly [Color | undefined, number] {
  const isByte = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 255;
  if (mode === 5) return [isByte(rest[0]) ? rest[0] : undefined, 2];
  if (mode !== 2) return [undefined, 1];
  const [red, green, blue] = rest;
  if (!isByte(red) || !isByte(green) || !isByte(blue)) return [undefined, 4];
  return [`#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`, 4];
}

/** What one number changes. */
const changes: ReadonlyMap<number, Style> = new Map([
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [9, { strike: true }],
  [22, { bold: false, dim: false }],
  [23, { italic: false }],
  [24, { underline: false }],
  [27, { inverse: false }],
  [29, { strike: false }],
]);

function simple(style: Style, number: number): Style {
  const change = changes.get(number);
  if (change !== undefined) return { ...style, ...change };
  if (number === 0) return {};
  if (number >= 30 && number <= 37) return { ...style, color: number - 30 };
  if (number >= 40 && number <= 47) return { ...style, background: number - 40 };
  if (number >= 90 && number <= 97) return { ...style, color: number - 82 };
  if (number >= 100 && number <= 107) return { ...style, background: number - 92 };
  if (number === 39) return without(style, 'color');
  return number === 49 ? without(style, 'background') : style;
}

function without(style: Style, key: 'color' | 'background'): Style {
  const { [key]: _, ...rest } = style;
  return rest;
}
