/** Tests that belong to some systems only. Elsewhere the reporter names them, and `npm test` counts no skip. */
export type System = Extract<NodeJS.Platform, 'linux' | 'darwin' | 'win32'>;

export const posix: readonly System[] = ['linux', 'darwin'];

export const isHere = (systems: readonly System[]): boolean => systems.some((system) => system === process.platform);
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
