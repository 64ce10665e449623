/** Ports that a Compose file publishes. A small reader of what people write: whatever it does not know it leaves out. */

export interface PublishedPort {
  readonly service: string;
  /** On this machine. */
  readonly published: number;
  /** In the container. */
  readonly target: number;
  readonly line: number;
}

export interface ComposePorts {
  readonly ports: readonly PublishedPort[];
  /** Services with ports that could not be read: nothing is claimed of them. */
  readonly unread: ReadonlySet<string>;
}

export const isComposeFile = (name: string): boolean => /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/.test(name);

export function composePorts(text: string): ComposePorts {
  const ports: PublishedPort[] = [];
  const unread = new Set<string>();
  const stack: { readonly indent: number; readonly key: string }[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.replace(/\s+#.*$/, '');
    if (/^\s*(?:#|$)/.test(line)) return;
    const indent = line.search(/\S/);
    const isItem = line.trimStart().startsWith('-');
    while (stack.length > 0 && indent <= (stack.at(-1)?.indent ?? 0) && !(isItem && indent === stack.at(-1)?.indent)) stack.pop();
    const path = stack.map(({ key }) => key);
    if (path.length === 3 && path[0] === 'services' && path[2] === 'ports') {
      const service = path[1] ?? '';
      const port = isItem ? shortPort(line.trim().slice(1).trim()) : undefined;
      if (port === undefined) unread.add(service);
      else ports.push({ service, ...port, line: index + 1 });
      return;
    }
    const key = /^\s*["']?([\w.-]+)["']?\s*:(?:\s+(.*))?$/.exec(line);
    if (key?.[1] === undefined || isItem) return;
    if (key[1] === 'ports' && key[2] !== undefined && key[2].trim() !== '') unread.add(path[1] ?? '');
    else stack.push({ indent, key: key[1] });
  });
  return { ports, unread };
}

/** `"127.0.0.1:5433:5432/tcp"`, with a variable's default taken, as in `${PORT:-5432}:5432`. */
function shortPort(text: string): { readonly published: number; readonly target: number } | undefined {
  const plain = text
    .replace(/^["']|["']$/g, '')
    .replace(/\$\{\w+:?-(\d+)\}/g, '$1')
    .replace(/\/tcp$/, '');
  const found = /^(?:[\d.]+:|\[[\da-f:]+\]:)?(\d{1,5}):(\d{1,5})$/.exec(plain);
  return found === null ? undefined : { published: Number(found[1]), target: Number(found[2]) };
}
