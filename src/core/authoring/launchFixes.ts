/** Finds missing folders and env files that can be created, and misspelled variables. */
import { nodeAt, pathOf } from '../config/find';
import type { Node } from '../config/find';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import { suggest } from '../config/suggest';
import { t } from '../wording/l10n';
import type { TextEdit } from './edit';
import { replace } from './edit';
import { variableNames } from './variables';

/** A folder or a file, as named in services.json. */
export interface Named {
  readonly kind: 'folder' | 'file';
  readonly path: string;
  /** Of the service; empty for the workspace folder. */
  readonly cwd: string;
}

/** Returns what the `cwd` or `envFile` at the offset names. */
export function namedAt(text: string, offset: number): readonly Named[] {
  const found = keyAt(text, offset);
  if (found === undefined) return [];
  const { key, value, cwd } = found;
  if (key === 'cwd') return stringsIn(value).map((path) => ({ kind: 'folder', path, cwd: '' }));
  return key === 'envFile' ? stringsIn(value).map((path) => ({ kind: 'file', path, cwd })) : [];
}

/** Returns a fix for each unknown variable at the offset that resembles a known one. */
export function variableFixes(
  text: string,
  offset: number,
): readonly { readonly title: string; readonly edits: readonly TextEdit[] }[] {
  const value = keyAt(text, offset)?.value;
  return nodesOf(value).flatMap((node) => {
    const written = text.slice(node.offset, node.offset + node.length);
    return [...written.matchAll(/\$\{([A-Za-z][\w.-]*)(?=[:}])/g)].flatMap(({ index, 1: name = '' }) => {
      const plain = variableNames.map((known) => known.replace(':', ''));
      const near = plain.includes(name) ? undefined : suggest(name, plain);
      if (near === undefined) return [];
      const range = { offset: node.offset + index + 2, length: name.length };
      return [{ title: t('Change to {0}', `\${${near}}`), edits: [replace(range, near)] }];
    });
  });
}

interface Found {
  readonly key: string;
  readonly value: Node;
  readonly cwd: string;
}

/** Returns the key of the service whose value, or item, is at the offset. */
function keyAt(text: string, offset: number): Found | undefined {
  const { root } = readSyntax(text);
  const node = nodeAt(root, offset);
  if (root === undefined || node === undefined) return undefined;
  const [top, service, key] = pathOf(node);
  if (top !== 'services' || typeof key !== 'string') return undefined;
  const services = propertiesOf(root).find((property) => property.key === 'services')?.value;
  const members = propertiesOf(propertiesOf(services).find((property) => property.key === service)?.value);
  const valueOf = (name: string) => members.find((member) => member.key === name)?.value;
  const cwd: unknown = valueOf('cwd')?.value;
  const value = valueOf(key);
  return value === undefined ? undefined : { key, value, cwd: typeof cwd === 'string' ? cwd : '' };
}

const nodesOf = (node: Node | undefined): readonly Node[] =>
  (node?.type === 'array' ? (node.children ?? []) : node === undefined ? [] : [node]).filter(({ type }) => type === 'string');

const stringsIn = (node: Node): readonly string[] => nodesOf(node).map(({ value }) => String(value));
