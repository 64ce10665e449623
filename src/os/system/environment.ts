/** The environment of a child: that of this process, with variables added or replaced. */

/**
 * On Windows a variable is the same in any case. Of `Path` and `PATH` in one environment Node takes the first by the alphabet, which may be
 * the one that was to be replaced.
 */
export function environmentWith(
  added: Readonly<Record<string, string>>,
  own: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  if (platform !== 'win32') return { ...own, ...added };
  const replaced = new Set(Object.keys(added).map((name) => name.toUpperCase()));
  const kept = Object.entries(own).filter(([name]) => !replaced.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...added };
}
