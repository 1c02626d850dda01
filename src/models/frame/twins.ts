import type { Frame } from './frame.js';
import { Part } from '../../core/relation.js';
import { shared } from './shared.js';

/**
 * A hash of each row's bins and levels (FNV-1a by words, with the finalizer of MurmurHash3), so that rows that are equal
 * in all features can be given one fold. Null where fewer than half of the training rows' hashes are distinct: then
 * the columns are too coarse for equality to mean a copy, and folds by it would hold whole levels.
 */
export function findTwins(frame: Pick<Frame, 'rows' | 'stride' | 'bins' | 'codes' | 'part'>): Int32Array | null {
  const { rows, stride, bins, codes, part } = frame;
  const words = new Int32Array(bins.buffer, bins.byteOffset, (rows * stride) / 4);
  const hashes = shared.ints(rows);
  const perRow = stride / 4;
  for (let row = 0; row < rows; row++) {
    let hash = 0x811c9dc5;
    for (let w = row * perRow; w < (row + 1) * perRow; w++) hash = stir(hash, words[w]!);
    hashes[row] = hash;
  }
  for (const { of } of codes.values()) for (let row = 0; row < rows; row++) hashes[row] = stir(hashes[row]!, of[row]!);
  for (let row = 0; row < rows; row++) hashes[row] = finish(hashes[row]!);
  const training = hashes.filter((_, row) => part[row] === Part.train || part[row] === Part.tuning).sort();
  let distinct = 0;
  for (let i = 0; i < training.length; i++) if (i === 0 || training[i] !== training[i - 1]) distinct++;
  return 2 * distinct >= training.length ? hashes : null;
}

function stir(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x01000193);
  return (mixed << 13) | (mixed >>> 19);
}

function finish(hash: number): number {
  let x = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
