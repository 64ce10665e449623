/** The rows that remain when the user filters the Services view. */
import type { TreeNode } from './tree';

/**
 * Keeps services whose id contains the text, and groups whose name does with all that is in them; upper and lower case are the same.
 * What is wrong with a file stays.
 */
export function filtered(nodes: readonly TreeNode[], text: string): readonly TreeNode[] {
  const wanted = text.toLowerCase();
  return wanted === '' ? nodes : nodes.flatMap((node) => matching(node, (name) => name.toLowerCase().includes(wanted)));
}

function matching(node: TreeNode, isWanted: (name: string) => boolean): readonly TreeNode[] {
  switch (node.kind) {
    case 'file':
      return [node];
    case 'service':
      return isWanted(node.service.spec.id) ? [node] : [];
    case 'broken':
      return isWanted(node.broken.id) ? [node] : [];
    case 'folder':
    case 'group': {
      if (isWanted(node.name)) return [node];
      const children = node.children.flatMap((child) => matching(child, isWanted));
      return children.length === 0 ? [] : [{ ...node, children }];
    }
  }
}
