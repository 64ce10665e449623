/** Lines of .env files, with their places. */
import { localAddress } from './reference';
import type { Reference } from './reference';

export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the text. */
  readonly offset: number;
}

export function envEntries(text: string): readonly EnvEntry[] {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\n#]*)/gm)].map(
    (found) => {
      const written = found[2] ?? '';
      return {
        name: found[1] ?? '',
        value: written.trim().replace(/^(["'])(.*)\1$/, '$2'),
        offset: found.index + found[0].length - written.length,
      };
    },
  );
}

/** Variables that a frontend's code gets to see: Vite, Create React App, Next, Vue CLI, Astro and SvelteKit, Nuxt. */
const shown = /^(?:VITE_|REACT_APP_|NEXT_PUBLIC_|VUE_APP_|PUBLIC_|NUXT_PUBLIC_)/;
const databaseUrl =
  /(?:postgres(?:ql)?|mysql|mariadb|redis|rediss|mongodb|amqp)(?:\+\w+)?:\/\/(?:[^@\s/]*@)?(localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})\b[^\s"']*/;

/** Addresses of this machine in a .env file, in variables for a browser and in those of databases. */
export function envReferences(file: string, text: string): readonly Reference[] {
  return envEntries(text).flatMap(({ name, offset }): Reference[] => {
    const line = text.slice(offset).split('\n', 1)[0] ?? '';
    const browser = shown.test(name) ? localAddress(line, offset) : undefined;
    if (browser !== undefined) return [{ ...browser, kind: 'env', file, name }];
    const found = databaseUrl.exec(line);
    const [url, host, digits] = found ?? [];
    if (found === null || url === undefined || host === undefined || digits === undefined) return [];
    const at = url.lastIndexOf(`${host}:${digits}`) + host.length + 1;
    const place = { offset: offset + found.index + at, length: digits.length };
    return [{ ...place, kind: 'database', file, name, host: host.replace(/^\[|\]$/g, ''), port: Number(digits), url }];
  });
}
