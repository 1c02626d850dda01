import type { Tree } from '../tree.js';

/** Leaves that a set of 32 bits can hold. */
export const mostLeaves = 32;

/** A tree for look-up by column instead of by node. */
export interface LeafMasks {
  /** Columns the tree asks for. */
  readonly columns: readonly number[];
  /** For each of them, 256 sets of leaves: those that a bin leaves open. */
  readonly masks: Int32Array;
  /** Value of the leaf of each bit. */
  readonly values: Float64Array;
}

/** A model may be asked about very many blocks of rows. */
const known = new WeakMap<Tree, LeafMasks>();

/** Of all sets that a row's bins leave open, exactly one leaf is in all (Lucchese et al. 2015, QuickScorer). */
export function leafMasks(tree: Tree): LeafMasks {
  let masks = known.get(tree);
  if (masks === undefined) known.set(tree, (masks = computed(tree)));
  return masks;
}

function computed(tree: Tree): LeafMasks {
  const columns = [...new Set(tree.column)].filter((column) => column >= 0);
  const masks = new Int32Array(256 * columns.length).fill(-1);
  const values = new Float64Array(mostLeaves);
  let leaves = 0;
  // The leaves below a node.
  const visit = (node: number): number => {
    const column = tree.column[node]!;
    if (column < 0) {
      values[leaves] = tree.value[node]!;
      return 1 << leaves++;
    }
    const left = visit(tree.left[node]!);
    const right = visit(tree.right[node]!);
    const at = 256 * columns.indexOf(column);
    for (let bin = 0; bin < 256; bin++) masks[at + bin]! &= tree.goLeft[node * 256 + bin] === 1 ? ~right : ~left;
    return left | right;
  };
  const all = visit(0);
  return { columns, masks: masks.map((set) => set & all), values };
}
