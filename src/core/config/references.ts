/** Finds the names of services in services.json: where they are defined, and where other services depend on them. */
import { resolveDependency } from './dependencies';
import type { Names } from './dependencies';
import type { Node } from './find';
import { referencesIn } from './portReferences';
import type { PortReference } from './portReferences';
import type { TextRange } from './problem';
import { propertiesOf } from './tree';
import type { Property } from './tree';

/** The properties of the workspace folder that names depend on. */
export type NamePlace = Pick<Names, 'folderName' | 'multiRoot'>;

export interface Reference {
  /** Key of the service that depends on the other one. */
  readonly from: string;
  /** As written in the file. */
  readonly name: string;
  /** Key of the service in this file that the name means; undefined when there is none. */
  readonly to: string | undefined;
  /** The range of the string, quotes included. */
  readonly range: TextRange;
  readonly form: 'item' | 'key';
}

/** Returns the properties of "services", in order. */
export const servicesOf = (root: Node | undefined): readonly Property[] =>
  propertiesOf(propertiesOf(root).find(({ key }) => key === 'services')?.value);

export function referencesOf(root: Node | undefined, place: NamePlace): readonly Reference[] {
  const services = servicesOf(root);
  const names: Names = { ...place, keys: new Set(services.map(({ key }) => key)) };
  return services.flatMap(({ key: from, value }) =>
    dependencyNodes(value).map(({ node, form }) => {
      const name = String(node.value);
      const resolved = resolveDependency(name, names);
      const to = resolved.kind === 'local' ? resolved.key : undefined;
      return { from, name, to, range: { offset: node.offset, length: node.length }, form };
    }),
  );
}

function dependencyNodes(service: Node | undefined): readonly { readonly node: Node; readonly form: Reference['form'] }[] {
  const list = propertiesOf(service).find(({ key }) => key === 'dependsOn')?.value;
  if (list?.type === 'array')
    return (list.children ?? []).filter(({ type }) => type === 'string').map((node) => ({ node, form: 'item' }));
  return propertiesOf(list).map(({ keyNode }) => ({ node: keyNode, form: 'key' }));
}

export interface AddressReference extends Pick<PortReference, 'kind' | 'name'> {
  /** Key of the service whose text refers to the other one. */
  readonly from: string;
  readonly to: string | undefined;
  readonly isElsewhere: boolean;
  /** The range of the name. */
  readonly range: TextRange;
}

/** Keys whose strings may refer to the address of another service. */
const withAddresses = new Set(['command', 'env', 'url', 'health', 'checks', 'setup', 'commands', 'stopCommand']);

/** Returns each `${port:…}` and `${url:…}`. `root` is the tree of `text`. */
export function addressReferencesOf(text: string, root: Node | undefined, place: NamePlace): readonly AddressReference[] {
  const services = servicesOf(root);
  const names: Names = { ...place, keys: new Set(services.map(({ key }) => key)) };
  return services.flatMap(({ key: from, value }) =>
    propertiesOf(value)
      .filter(({ key }) => withAddresses.has(key))
      .flatMap((property) => stringsIn(property.value))
      .flatMap(({ offset, length }) =>
        referencesIn(text.slice(offset, offset + length)).map(({ kind, name: raw, offset: at }): AddressReference => {
          const name = unescaped(raw);
          const resolved = resolveDependency(name, names);
          const to = resolved.kind === 'local' ? resolved.key : undefined;
          const range = { offset: offset + at, length: raw.length };
          return { from, kind, name, to, isElsewhere: resolved.kind === 'elsewhere', range };
        }),
      ),
  );
}

const stringsIn = (node: Node | undefined): readonly Node[] => {
  if (node?.type === 'string') return [node];
  if (node?.type === 'array') return (node.children ?? []).flatMap(stringsIn);
  return propertiesOf(node).flatMap(({ value }) => stringsIn(value));
};

/** Within a string of JSON, `"` is written as `\\"`. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
