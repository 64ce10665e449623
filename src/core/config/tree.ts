/** Walks the syntax tree of services.json. */
import type { Node } from 'jsonc-parser';
import type { TextRange } from './problem';

/** A key with its value. */
export interface Property {
  readonly key: string;
  readonly keyNode: Node;
  /** Undefined while the user is still typing. */
  readonly value: Node | undefined;
  readonly node: Node;
}

export type Path = readonly (string | number)[];

/** Returns the properties of an object, in order, repeated keys included. Returns none for any other node. */
export function propertiesOf(node: Node | undefined): readonly Property[] {
  const properties: Property[] = [];
  if (node?.type !== 'object') return properties;
  for (const property of node.children ?? []) {
    const [keyNode, value] = property.children ?? [];
    if (keyNode !== undefined) properties.push({ key: String(keyNode.value), keyNode, value, node: property });
  }
  return properties;
}

/**
 * Returns the range to underline for the value at `path` below a property: the value when it is short, else its key.
 * An object within a list has no key, so its opening brace is underlined.
 */
export function rangeAt(start: Property, path: Path, part: 'key' | 'value'): TextRange {
  let label: TextRange = start.keyNode;
  let node = start.value;
  for (const segment of path) {
    if (typeof segment === 'string') {
      const property = propertiesOf(node).find(({ key }) => key === segment);
      if (property === undefined) break;
      label = property.keyNode;
      node = property.value;
    } else {
      const item = node?.children?.[segment];
      if (item === undefined) break;
      label = { offset: item.offset, length: 1 };
      node = item;
    }
  }
  if (part === 'key' || node === undefined || node.type === 'object' || node.type === 'array') return rangeOf(label);
  return rangeOf(node);
}

export const rangeOf = ({ offset, length }: TextRange): TextRange => ({ offset, length });
