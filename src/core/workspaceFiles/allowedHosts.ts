/** Where a server lists the host names that it accepts: Django, Vite and webpack, Rails. */
import { nameOf } from './paths';

const settings: readonly { readonly file: RegExp; readonly pattern: RegExp }[] = [
  { file: /\.py$/, pattern: /^[ \t]*ALLOWED_HOSTS\b/m },
  { file: /\.[cm]?[jt]s$/, pattern: /\ballowedHosts\b/ },
  { file: /\.rb$/, pattern: /^[ \t]*config\.(?:hosts|host_authorization)\b/m },
  // It has no list yet: it belongs into this block.
  { file: /^(?:vite\.config\.[cm]?[jt]s)$/, pattern: /\bserver\s{0,10}:/ },
  { file: /^(?:vue|webpack)\.config\.[cm]?[jt]s$/, pattern: /\bdevServer\s{0,10}:/ },
];

/** Offset of the list in the text; undefined when the file has none. */
export function allowedHostsIn(path: string, text: string): number | undefined {
  const name = nameOf(path);
  for (const { file, pattern } of settings) {
    const at = file.test(name) ? pattern.exec(text)?.index : undefined;
    if (at !== undefined) return at + (/^\s*/.exec(text.slice(at, at + 100))?.[0].length ?? 0);
  }
  return undefined;
}

/** Where Rails lists them, below the folder of the application. */
export const railsEnvironments = 'config/environments';

export const isRailsEnvironment = (name: string): boolean => name === 'development.rb';

/** The settings that manage.py of Django names, relative to its folder: `shop.settings` is `shop/settings.py`. */
export function djangoSettings(managePy: string): string | undefined {
  const module = /DJANGO_SETTINGS_MODULE["'], {0,10}["']([\w.]{1,200})["']/.exec(managePy)?.[1];
  return module === undefined ? undefined : `${module.replaceAll('.', '/')}.py`;
}
