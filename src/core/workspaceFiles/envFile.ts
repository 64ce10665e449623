/** Variables and addresses in .env files. */
import { localAddress } from './reference';
import type { Reference } from './reference';

export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Character offset of the value. */
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

/** Variables that are visible to the code of a frontend: Vite, Create React App, Next, Vue CLI, Astro and SvelteKit, Nuxt. */
const browserVariable = /^(?:VITE_|REACT_APP_|NEXT_PUBLIC_|VUE_APP_|PUBLIC_|NUXT_PUBLIC_)/;
const databaseUrl =
  /(?:postgres(?:ql)?|mysql|mariadb|redis|rediss|mongodb|amqp)(?:\+\w+)?:\/\/(?:[^@\s/]*@)?(localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})\b[^\s"']*/;

/** Returns the addresses of this machine in variables for the browser and for databases. */
export function envReferences(file: string, text: string): readonly Reference[] {
  return envEntries(text).flatMap(({ name, offset }): Reference[] => {
    const line = text.slice(offset).split('\n', 1)[0] ?? '';
    const browser = browserVariable.test(name) ? localAddress(line, offset) : undefined;
    if (browser !== undefined) return [{ ...browser, kind: 'env', file, name }];
    const found = databaseUrl.exec(line);
    const [url, host, digits] = found ?? [];
    if (found === null || url === undefined || host === undefined || digits === undefined) return [];
    const at = url.lastIndexOf(`${host}:${digits}`) + host.length + 1;
    const place = { offset: offset + found.index + at, length: digits.length };
    return [{ ...place, kind: 'database', file, name, host: host.replace(/^\[|\]$/g, ''), port: Number(digits), url }];
  });
}
