/** Tests that belong to some systems only. Elsewhere the reporter names them, and `npm test` counts no skip. */

/** Wine is a system of its own: most it answers as Windows does, and the rest is left to Windows. */
export type System = Extract<NodeJS.Platform, 'linux' | 'darwin' | 'win32'> | 'wine';

export const posix: readonly System[] = ['linux', 'darwin'];
/** For what Wine has not, or answers differently. */
export const notWine: readonly System[] = [...posix, 'win32'];

/** Wine hands on the variable that chooses its folder, which we always set (wine.ts). */
export const system =
  process.platform === 'win32' && process.env['WINEPREFIX'] !== undefined ? 'wine' : (process.platform as System);

export const isHere = (systems: readonly System[]): boolean => systems.includes(system);
/** The reporter recognizes such a title (reporter.cjs). */
const marked = (title: string, systems: readonly System[]): string => `${title} [only on ${systems.join(', ')}]`;

export function describeOn(systems: readonly System[], title: string, body: () => void): void {
  if (isHere(systems)) describe(title, body);
  else describe.skip(marked(title, systems), body);
}

export function itOn(systems: readonly System[], title: string, body: (this: Mocha.Context) => unknown): void {
  if (isHere(systems)) it(title, body as Mocha.Func);
  else it.skip(marked(title, systems), body as Mocha.Func);
}
