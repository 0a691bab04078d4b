import { at, isContainer, noNode } from './JsonIndex.ts';
import type { JsonTree } from './JsonTree.svelte.ts';

/**
 * Moves in the tree, opens and closes, as its pattern wants: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 * Returns whether the key was one that does.
 */
export function pressTreeKey(tree: JsonTree, key: string, pageRowCount: number): boolean {
  const { index, active, rows } = tree;
  const row = tree.rowOf(active);
  const to = (next: number): true => {
    tree.active = at(rows, Math.max(0, Math.min(next, rows.length - 1)));
    return true;
  };
  switch (key) {
    case 'ArrowDown':
      return to(row + 1);
    case 'ArrowUp':
      return to(row - 1);
    case 'PageDown':
      return to(row + pageRowCount);
    case 'PageUp':
      return to(row - pageRowCount);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (!isContainer(index, active) || at(index.childCounts, active) === 0) return true;
      if (tree.isOpen(active)) return to(row + 1);
      tree.toggle(active);
      return true;
    case 'ArrowLeft': {
      const parent = at(index.parents, active);
      if (isContainer(index, active) && tree.isOpen(active) && at(index.childCounts, active) > 0)
        tree.toggle(active);
      else if (parent !== noNode) tree.active = parent;
      return true;
    }
    case 'Enter':
    case ' ':
      tree.toggle(active);
      return true;
    default:
      return false;
  }
}
