/** The names of services in a services.json: where each is given, and where another depends on it. */
import { resolveDependency } from './dependencies';
import type { Names } from './dependencies';
import type { Node } from './find';
import type { TextRange } from './problem';
import { propertiesOf } from './tree';
import type { Property } from './tree';

/** The workspace folder of the file, as far as names are concerned. */
export type NamePlace = Pick<Names, 'folderName' | 'multiRoot'>;

export interface Reference {
  /** Key of the service that depends. */
  readonly from: string;
  /** As it is written. */
  readonly name: string;
  /** Key of the service of this file that is meant; undefined when there is none. */
  readonly to: string | undefined;
  /** The string, quotes included. */
  readonly range: TextRange;
  readonly form: 'item' | 'key';
}

/** The properties of "services", in order. */
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
