/** Finds what the user is typing in services.json, when its possible values are known. */
import type { Cursor, Node } from '../config/find';
import { cursorAt } from '../config/find';
import { propertiesOf } from '../config/tree';
import { readable } from './readable';
import { servicesOf } from '../config/references';

export type Wanted =
  /** The name of a new service. */
  | { readonly kind: 'service'; readonly cursor: Cursor }
  | {
      readonly kind: 'dependency';
      readonly cursor: Cursor;
      readonly service: string;
      /** `list` while there is no value yet. */
      readonly form: 'item' | 'key' | 'list';
    }
  | {
      readonly kind: 'group';
      readonly cursor: Cursor;
      readonly service: string;
      /** `list` while there is no value yet. */
      readonly form: 'item' | 'list';
    }
  /** The name of a launch configuration. */
  | { readonly kind: 'launch'; readonly cursor: Cursor }
  | { readonly kind: 'folder'; readonly cursor: Cursor }
  | { readonly kind: 'script'; readonly cursor: Cursor; readonly cwd: string }
  /** The name of a service in the Compose file: the one in `cwd` or above it, or those in `files`. */
  | { readonly kind: 'composeService'; readonly cursor: Cursor; readonly cwd: string; readonly files: readonly string[] }
  | { readonly kind: 'envFile'; readonly cursor: Cursor; readonly cwd: string; readonly written: readonly string[] }
  | {
      readonly kind: 'variable';
      readonly cursor: Cursor;
      readonly port: number | undefined;
      readonly only: 'ports' | 'all';
      readonly others: readonly string[];
    };

/** Never throws, whatever the text contains. */
export function wantedAt(text: string, offset: number): Wanted | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  const [top, service, key, ...deeper] = cursor.path;
  if (top !== 'services' || typeof service !== 'string') return undefined;
  if (key === undefined) return cursor.part === 'key' && cursor.next !== ':' ? { kind: 'service', cursor } : undefined;
  if (key === 'dependsOn') return dependency(cursor, service, deeper);
  if (cursor.part === 'key') return undefined;
  if (key === 'groups') return group(cursor, service, deeper);
  const members = membersOf(text, offset, service);
  return variable(cursor, members) ?? value({ cursor, key, deeper, members });
}

function dependency(cursor: Cursor, service: string, deeper: Cursor['path']): Wanted | undefined {
  const [last, ...more] = deeper;
  if (more.length > 0) return undefined;
  if (cursor.part === 'key') return { kind: 'dependency', cursor, service, form: 'key' };
  if (last === undefined) return { kind: 'dependency', cursor, service, form: 'list' };
  return typeof last === 'number' ? { kind: 'dependency', cursor, service, form: 'item' } : undefined;
}

function group(cursor: Cursor, service: string, [index, ...more]: Cursor['path']): Wanted | undefined {
  if (more.length > 0) return undefined;
  return { kind: 'group', cursor, service, form: index === undefined ? 'list' : 'item' };
}

interface ValuePlace {
  readonly cursor: Cursor;
  readonly key: string | number;
  readonly deeper: Cursor['path'];
  readonly members: Members;
}

function value({ cursor, key, deeper, members: { cwd, envFile, composeFiles } }: ValuePlace): Wanted | undefined {
  const isItem = deeper.length === 1 && typeof deeper[0] === 'number';
  if (deeper.length === 0) {
    if (key === 'cwd') return { kind: 'folder', cursor };
    if (key === 'debug') return { kind: 'launch', cursor };
    if (key === 'command') return { kind: 'script', cursor, cwd };
  }
  if (key === 'commands' && deeper.length === 1) return { kind: 'script', cursor, cwd };
  if (key === 'compose' && (deeper.length === 0 || (deeper.length === 1 && deeper[0] === 'service')))
    return { kind: 'composeService', cursor, cwd, files: composeFiles };
  if (key === 'envFile' && (deeper.length === 0 || isItem)) return { kind: 'envFile', cursor, cwd, written: envFile };
  return undefined;
}

/** Keys whose strings may contain variables. In those of `onlyPorts` only ports and addresses are replaced. */
const withVariables = new Set<string | number | undefined>([
  'command',
  'cwd',
  'env',
  'envFile',
  'stopCommand',
  'setup',
  'commands',
  'url',
  'health',
  'checks',
]);
const onlyPorts = new Set<string | number | undefined>(['url', 'health', 'checks']);

function variable(cursor: Cursor, { port, others }: Members): Wanted | undefined {
  const [, , key, index, inner] = cursor.path;
  if (!cursor.isQuoted || !withVariables.has(key) || !/\$(?:\{[\w:.-]*)?$/.test(cursor.typed)) return undefined;
  if (key === 'setup' && (typeof index !== 'number' || inner !== 'command')) return undefined;
  return { kind: 'variable', cursor, port, only: onlyPorts.has(key) ? 'ports' : 'all', others };
}

interface Members {
  readonly cwd: string;
  readonly port: number | undefined;
  /** The other services that have a port. */
  readonly others: readonly string[];
  readonly envFile: readonly string[];
  readonly composeFiles: readonly string[];
}

function membersOf(text: string, offset: number, service: string): Members {
  const services = servicesOf(readable(text, offset));
  const written = services.find(({ key }) => key === service)?.value;
  const valueOf = (name: string) => propertiesOf(written).find(({ key }) => key === name)?.value;
  const cwd: unknown = valueOf('cwd')?.value;
  const port: unknown = valueOf('port')?.value;
  const composeFiles = propertiesOf(valueOf('compose')).find((member) => member.key === 'files')?.value;
  return {
    cwd: typeof cwd === 'string' ? cwd : '',
    port: typeof port === 'number' ? port : undefined,
    others: services
      .filter((other) => other.key !== service && propertiesOf(other.value).some(({ key }) => key === 'port'))
      .map(({ key }) => key),
    envFile: stringsIn(valueOf('envFile')),
    composeFiles: stringsIn(composeFiles),
  };
}

const stringsIn = (list: Node | undefined): readonly string[] =>
  (list?.type === 'array' ? (list.children ?? []) : [])
    .map((node): unknown => node.value)
    .filter((name) => typeof name === 'string');
