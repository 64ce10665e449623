/** Reads the short forms of compose.yaml: ports, variables, commands of healthchecks. */
import { dataAt, textAt } from '../read/formats';
import { portOf } from '../read/source';

/** A longer value is no port, image or test. */
const maxCharacters = 2000;

/** Replaces variables of Compose: `${NAME}`, `${NAME:-default}`, `$NAME`. Returns undefined when one has no value. */
export function interpolate(text: string, lookUp: (name: string) => string | undefined): string | undefined {
  if (text.length > maxCharacters) return undefined;
  const missing: string[] = [];
  const replaced = text.replace(
    /\$\$|\$\{(\w+)(?::?[-?]([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const value = lookUp(braced ?? bare ?? '') ?? (whole.includes('?') ? undefined : fallback);
      if (value === undefined) missing.push(whole);
      return value ?? '';
    },
  );
  return missing.length > 0 ? undefined : replaced;
}

export interface PublishedPort {
  /** On this machine. */
  readonly host: number;
  readonly container: number;
}

/** Returns the port that is published on this machine; undefined when Docker chooses it at each start. */
export function publishedPort(entry: unknown, lookUp: (name: string) => string | undefined): PublishedPort | undefined {
  if (typeof entry === 'object') {
    const data = dataAt(entry);
    if (textAt(data, 'protocol') === 'udp') return undefined;
    return pair(interpolate(textAt(data, 'published') ?? '', lookUp), textAt(data, 'target'));
  }
  const text = typeof entry === 'string' ? interpolate(entry, lookUp) : undefined;
  if (text === undefined || text.endsWith('/udp')) return undefined;
  const parts = /^(?:(?:\[[^\]]*\]|[\d.]+):)?([\d-]+):([\d-]+)(?:\/tcp)?$/.exec(text);
  return pair(parts?.[1], parts?.[2]);
}

/** The first port represents a range. */
function pair(published: string | undefined, target: string | undefined): PublishedPort | undefined {
  const host = portOf(published?.split('-')[0]);
  const container = portOf(target?.split('-')[0]);
  return host === undefined || container === undefined ? undefined : { host, container };
}

/** Returns the words of a healthcheck's `test`, or its line for the container's shell. */
export function testOf(test: unknown): { readonly words: readonly string[] } | { readonly line: string } | undefined {
  if (typeof test === 'string') return { line: test };
  if (!Array.isArray(test)) return undefined;
  const [form, ...words] = test.filter((word) => typeof word === 'string');
  if (form === 'CMD') return { words };
  return form === 'CMD-SHELL' && words[0] !== undefined ? { line: words[0] } : undefined;
}
