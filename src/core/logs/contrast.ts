/** Colours of services on the background of the theme: readable, as the terminal's minimum contrast ratio makes them (WCAG 2.1). */

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb(aa)` and `rgb(…)`; undefined for anything else. */
export function readColor(written: string): Rgb | undefined {
  const text = written.trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$/i.exec(text);
  if (short !== null) return rgb(short.slice(1).map((digit) => parseInt(digit + digit, 16)));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/i.exec(text);
  if (long !== null) return rgb(long.slice(1).map((digits) => parseInt(digits, 16)));
  const call = /^rgba?\( ?(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})/.exec(text);
  return call === null ? undefined : rgb(call.slice(1).map(Number));
}

const rgb = ([red = 0, green = 0, blue = 0]: readonly number[]): Rgb => [red, green, blue];

export const colorText = (color: Rgb): string => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;

/** From 1, no difference, to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour itself, or one nearer to black or white that has at least this contrast with the background, where there is one. */
export function readable(color: Rgb, background: Rgb, minimum: number): Rgb {
  if (contrast(color, background) >= minimum) return color;
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  const target = contrast(white, background) >= contrast(black, background) ? white : black;
  for (let share = 0.1; share < 1; share += 0.1) {
    const mixed = rgb(color.map((value, index) => Math.round(value + ((target[index] ?? 0) - value) * share)));
    if (contrast(mixed, background) >= minimum) return mixed;
  }
  return target;
}

const steps = [0, 95, 135, 175, 215, 255];

/** A colour of the palette of 256 from 16 on, which is the same in every theme. */
export function fixedColor(index: number): Rgb {
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return [gray, gray, gray];
  }
  const at = index - 16;
  return [steps[Math.floor(at / 36) % 6] ?? 0, steps[Math.floor(at / 6) % 6] ?? 0, steps[at % 6] ?? 0];
}
