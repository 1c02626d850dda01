/** Keys of some rows of a frame, in their order; copied as words, since each key read would be an object. */
export function keysAt(keys: BigInt64Array, rows: Int32Array): BigInt64Array {
  const out = new BigInt64Array(rows.length);
  const from = new Int32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
  const to = new Int32Array(out.buffer);
  for (let i = 0; i < rows.length; i++) {
    const at = 2 * rows[i]!;
    to[2 * i] = from[at]!;
    to[2 * i + 1] = from[at + 1]!;
  }
  return out;
}
