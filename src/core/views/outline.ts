/** The rows of the view by key, to find out what has to be drawn again after a change. */
import type { TreeNode } from './tree';

export interface Outline {
  readonly roots: readonly TreeNode[];
  readonly nodes: Map<string, TreeNode>;
  /** From the key of a row to the key of its folder. */
  readonly parents: ReadonlyMap<string, string>;
}

export function outline(roots: readonly TreeNode[]): Outline {
  const nodes = new Map<string, TreeNode>();
  const parents = new Map<string, string>();
  const visit = (node: TreeNode): void => {
    nodes.set(node.key, node);
    if (node.kind !== 'folder') return;
    for (const child of node.children) {
      parents.set(child.key, node.key);
      visit(child);
    }
  };
  roots.forEach(visit);
  return { roots, nodes, parents };
}

/** Whether both have the same rows in the same places; the words of the rows may differ. */
export const hasSameRows = (before: Outline, after: Outline): boolean => places(before) === places(after);

const places = ({ nodes, parents }: Outline): string =>
  JSON.stringify([...nodes.values()].map((node) => [node.key, parents.get(node.key), node.kind === 'folder' ? node.name : '']));
