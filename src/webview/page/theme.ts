/** The colours of the theme, as numbers: those that services choose are made readable on its background. */
import { useEffect, useState } from 'preact/hooks';
import { colorText, fixedColor, readable, readColor } from '../../core/logs/contrast';
import type { Rgb } from '../../core/logs/contrast';
import type { Color, Style } from '../../core/logs/styledText';

const ansiNames = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

/** WCAG 2.1, success criteria 1.4.3 and 1.4.6. */
const minimumContrast = { plain: 4.5, high: 7 };

/** For the names of services; each is told apart by its name as well. */
const serviceColors: readonly Color[] = [4, 5, 2, 6, 3, 1, 12, 13, 10, 14];

export interface PieceLook {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly fontWeight?: string;
  readonly fontStyle?: string;
  readonly textDecoration?: string;
}

export class Theme {
  readonly #ansi: readonly Rgb[];
  readonly #background: Rgb;
  readonly #foreground: Rgb;
  readonly #minimum: number;
  readonly #known = new Map<string, string>();
  /** Of a line of text in the font of editors (px). */
  readonly rowHeight: number;

  constructor() {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string): Rgb | undefined => readColor(style.getPropertyValue(name));
    const fontSize = parseFloat(style.getPropertyValue('--vscode-editor-font-size'));
    this.rowHeight = Math.round((Number.isFinite(fontSize) ? fontSize : 13) * 1.4);
    const isDark = !/vscode-(?:high-contrast-)?light/.test(document.body.className);
    this.#background = read('--vscode-editor-background') ?? (isDark ? [31, 31, 31] : [255, 255, 255]);
    this.#foreground = read('--vscode-editor-foreground') ?? (isDark ? [204, 204, 204] : [59, 59, 59]);
    this.#minimum = document.body.className.includes('high-contrast') ? minimumContrast.high : minimumContrast.plain;
    const names = [...ansiNames, ...ansiNames.map((name) => `Bright${name}`)];
    this.#ansi = names.map((name) => read(`--vscode-terminal-ansi${name}`) ?? this.#foreground);
  }

  /** `index` counts services. */
  serviceColor(index: number): string {
    return this.#readable(this.#rgb(serviceColors[index % serviceColors.length] ?? 4), this.#background);
  }

  lookOf(style: Style): PieceLook {
    const front = this.#rgb(style.color, this.#foreground);
    const back = this.#rgb(style.background, this.#background);
    const isPlain = style.color === undefined && style.background === undefined && style.inverse !== true;
    const [color, background] = style.inverse === true ? [back, front] : [front, back];
    const hasBackground = style.background !== undefined || style.inverse === true;
    return {
      ...(!isPlain && { color: this.#readable(color, background) }),
      ...(hasBackground && { backgroundColor: colorText(background) }),
      ...(style.bold === true && { fontWeight: 'bold' }),
      ...((style.italic === true || style.dim === true) && { fontStyle: 'italic' }),
      ...(style.underline === true && { textDecoration: 'underline' }),
      ...(style.strike === true && { textDecoration: 'line-through' }),
    };
  }

  #rgb(color: Color | undefined, otherwise: Rgb = this.#foreground): Rgb {
    if (color === undefined) return otherwise;
    if (typeof color === 'string') return readColor(color) ?? otherwise;
    return color < 16 ? (this.#ansi[color] ?? otherwise) : fixedColor(color);
  }

  #readable(color: Rgb, background: Rgb): string {
    const key = `${color.join()}/${background.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = colorText(readable(color, background, this.#minimum));
    this.#known.set(key, text);
    return text;
  }
}

/** The present theme; a change draws the component again. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(() => new Theme());
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(new Theme()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}
