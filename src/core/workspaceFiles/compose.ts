/** Published ports of a Compose file. Reads the common syntax and leaves out everything else. */

export interface PublishedPort {
  readonly service: string;
  /** On this machine. */
  readonly published: number;
  /** In the container. */
  readonly target: number;
  /** From 1. */
  readonly line: number;
}

export interface ComposePorts {
  readonly ports: readonly PublishedPort[];
  /** Services with ports that could not be read: nothing is concluded about them. */
  readonly unread: ReadonlySet<string>;
}

export const isComposeFile = (name: string): boolean => /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/.test(name);

/** The files of which Compose takes the first in a folder, each with its override file. */
export const composeFileNames: readonly string[] = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The files that Compose reads after it without being asked to. */
export const overridesOf = (file: string): readonly string[] =>
  ['yaml', 'yml'].map((ending) => `${file.replace(/\.ya?ml$/, '')}.override.${ending}`);

/** The names of the services of a Compose file, in its order; none that a merge or another file adds. */
export function composeServices(text: string): readonly string[] {
  const names = linesOf(text)
    .filter(({ path }) => path.length === 1 && path[0] === 'services')
    .flatMap(({ text: written }) => /^["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(written)?.[1] ?? []);
  return [...new Set(names)];
}

interface Line {
  readonly number: number;
  readonly indent: number;
  /** Without indentation and comments. */
  readonly text: string;
  /** Parent keys, outermost first. */
  readonly path: readonly string[];
}

export function composePorts(text: string): ComposePorts {
  const ports: PublishedPort[] = [];
  const unread = new Set<string>();
  for (const { path, text: written, number } of linesOf(text)) {
    const [top, service = '', key] = path;
    if (top !== 'services') continue;
    if (path.length === 3 && key === 'ports') {
      const port = written.startsWith('-') ? shortPort(written.slice(1).trim()) : undefined;
      if (port === undefined) unread.add(service);
      else ports.push({ service, ...port, line: number });
    }
    // A list in brackets, or an alias.
    if (path.length === 2 && /^["']?ports["']?\s*:\s+\S/.test(written)) unread.add(service);
  }
  return { ports, unread };
}

function linesOf(text: string): readonly Line[] {
  const above: { readonly indent: number; readonly key: string }[] = [];
  return text.split(/\r?\n/).flatMap((raw, index): Line[] => {
    const line = raw.replace(/(?<!\s)\s+#[\s\S]*$/, '').trimEnd();
    const written = line.trimStart();
    if (written === '' || written.startsWith('#')) return [];
    const indent = line.length - written.length;
    // The items of a list may have the same indentation as its key.
    const leaves = ({ indent: other }: { readonly indent: number }): boolean =>
      written.startsWith('-') ? indent < other : indent <= other;
    for (let last = above.at(-1); last !== undefined && leaves(last); last = above.at(-1)) above.pop();
    const path = above.map(({ key }) => key);
    const key = /^["']?([\w.-]+)["']?\s*:$/.exec(written)?.[1];
    if (key !== undefined) above.push({ indent, key });
    return [{ number: index + 1, indent, text: written, path }];
  });
}

/** Reads `"127.0.0.1:5433:5432/tcp"`. Uses the default value of a variable, as in `${PORT:-5432}:5432`. */
function shortPort(text: string): { readonly published: number; readonly target: number } | undefined {
  const plain = text
    .replace(/^["']|["']$/g, '')
    .replace(/\$\{\w+:?-(\d+)\}/g, '$1')
    .replace(/\/tcp$/, '');
  const found = /^(?:[\d.]+:|\[[\da-f:]+\]:)?(\d{1,5}):(\d{1,5})$/.exec(plain);
  return found === null ? undefined : { published: Number(found[1]), target: Number(found[2]) };
}
