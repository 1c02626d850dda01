/** Typed arrays in shared memory: worker threads read them where they are, nothing is copied when they are posted. */
export const shared = {
  bytes: (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length)),
  ints: (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length)),
  floats: (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length)),
  doubles: (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length)),
  keys: (length: number): BigInt64Array => new BigInt64Array(new SharedArrayBuffer(8 * length)),
};
