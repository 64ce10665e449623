/** The rows of the view by key, to find out what has to be drawn again after a change. */
import type { TreeNode } from './tree';

export interface Outline {
  readonly roots: readonly TreeNode[];
  readonly nodes: Map<string, TreeNode>;
  /** From the key of a row to the key of the row above it. */
  readonly parents: ReadonlyMap<string, string>;
  /** From the id of a service to the keys of its rows: several when it is in several groups. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

export function outline(roots: readonly TreeNode[]): Outline {
  const nodes = new Map<string, TreeNode>();
  const parents = new Map<string, string>();
  const rows = new Map<string, string[]>();
  const visit = (node: TreeNode): void => {
    nodes.set(node.key, node);
    if (node.kind === 'service') rows.set(node.service.spec.id, [...(rows.get(node.service.spec.id) ?? []), node.key]);
    if (!('children' in node)) return;
    for (const child of node.children) {
      parents.set(child.key, node.key);
      visit(child);
    }
  };
  roots.forEach(visit);
  return { roots, nodes, parents, rows };
}

/** Whether both have the same rows in the same places; the words of the rows may differ. */
export const hasSameRows = (before: Outline, after: Outline): boolean => places(before) === places(after);

const places = ({ nodes, parents }: Outline): string =>
  JSON.stringify([...nodes.values()].map((node) => [node.key, parents.get(node.key), 'children' in node ? node.name : '']));
