/** Reads a syntax tree into a plain value. The schema decides which keys are unknown; they do not invalidate the rest. */
import type { Node } from 'jsonc-parser';
import { propertiesOf } from './tree';
import type { Path, Property } from './tree';

/** The parts of a valibot schema that say which keys there are. */
export type KeyShape =
  | { readonly type: 'strict_object'; readonly entries: Readonly<Record<string, KeyShape>> }
  | { readonly type: 'array'; readonly item: KeyShape }
  | { readonly type: 'record'; readonly value: KeyShape }
  | { readonly type: 'union'; readonly options: readonly KeyShape[] }
  | { readonly type: 'exact_optional'; readonly wrapped: KeyShape }
  | { readonly type: 'string' | 'number' | 'boolean' | 'picklist' | 'unknown' };

export interface ReadValue {
  /** Without unknown keys. Of a repeated key the first counts. */
  readonly value: unknown;
  readonly unknown: readonly UnknownKey[];
  /** Every property whose key occurred before in the same object. */
  readonly repeated: readonly Property[];
}

export interface UnknownKey {
  readonly property: Property;
  /** The path of the object that holds the property. */
  readonly path: Path;
  readonly known: readonly string[];
}

export function readValue(node: Node, shape: KeyShape): ReadValue {
  const found: Found = { unknown: [], repeated: [] };
  return { value: read({ node, shape, path: [] }, found), ...found };
}

interface Found {
  readonly unknown: UnknownKey[];
  readonly repeated: Property[];
}

interface Place {
  readonly node: Node;
  /** Undefined where any value is allowed. */
  readonly shape: KeyShape | undefined;
  readonly path: Path;
}

function read({ node, shape, path }: Place, found: Found): unknown {
  if (node.type !== 'object' && node.type !== 'array') return node.value;
  const form = shape === undefined ? undefined : formFor(node.type, shape);
  if (node.type === 'object') return readMembers({ node, shape: form, path }, found);
  const item = form?.type === 'array' ? form.item : undefined;
  return (node.children ?? []).map((child, index) => read({ node: child, shape: item, path: [...path, index] }, found));
}

function readMembers({ node, shape, path }: Place, found: Found): unknown {
  const members = new Map<string, unknown>();
  for (const property of propertiesOf(node)) {
    const { key, value } = property;
    if (shape?.type === 'strict_object' && !Object.hasOwn(shape.entries, key)) {
      found.unknown.push({ property, path, known: Object.keys(shape.entries) });
    } else if (members.has(key)) {
      found.repeated.push(property);
    } else if (value !== undefined) {
      members.set(key, read({ node: value, shape: memberShape(shape, key), path: [...path, key] }, found));
    }
  }
  // Object.fromEntries defines even "__proto__" as an ordinary key.
  return Object.fromEntries(members);
}

function memberShape(shape: KeyShape | undefined, key: string): KeyShape | undefined {
  if (shape?.type === 'strict_object') return shape.entries[key];
  return shape?.type === 'record' ? shape.value : undefined;
}

/** Returns the form of the schema for an object or a list; undefined when the schema has none. */
function formFor(type: 'object' | 'array', shape: KeyShape): KeyShape | undefined {
  switch (shape.type) {
    case 'exact_optional':
      return formFor(type, shape.wrapped);
    case 'union':
      for (const option of shape.options) {
        const form = formFor(type, option);
        if (form !== undefined) return form;
      }
      return undefined;
    case 'array':
      return type === 'array' ? shape : undefined;
    case 'record':
    case 'strict_object':
      return type === 'object' ? shape : undefined;
    default:
      return undefined;
  }
}
