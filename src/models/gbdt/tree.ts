/** A grown tree as arrays over nodes; node 0 is the root. */
export interface Tree {
  /** Column of the layout, or -1 in a leaf. */
  readonly column: Int32Array;
  /** Bins of 256 that go left, 256 entries a node: the split's threshold and its side for missing values in one look-up. */
  readonly goLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to the score, learning rate included. */
  readonly value: Float64Array;
  readonly nodes: number;
}

/** Room for a tree of `leaves` leaves; the grower fills it. */
export function createTree(leaves: number): Tree {
  const nodes = 2 * leaves - 1;
  return {
    column: new Int32Array(nodes).fill(-1),
    goLeft: new Uint8Array(nodes * 256),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
    nodes,
  };
}

/** Adds the tree's value of rows 0 .. `rows` - 1 of a row-major byte matrix to `scores[offset ..]`. */
export function addTree(
  tree: Tree,
  bytes: Uint8Array,
  stride: number,
  rows: number,
  scores: Float64Array,
  offset: number,
): void {
  const { column, goLeft, left, right, value } = tree;
  for (let row = 0; row < rows; row++) {
    const base = row * stride;
    let node = 0;
    for (let c = column[0]!; c >= 0; c = column[node]!)
      node = goLeft[node * 256 + bytes[base + c]!] === 1 ? left[node]! : right[node]!;
    scores[offset + row]! += value[node]!;
  }
}
