import type { Vector } from '../../core/engine.js';
import type { Binning } from './frame.js';
import { missingBin, noCode } from './frame.js';
import { numericBin } from './numeric-edges.js';

/**
 * Bins of a vector's values (DOUBLE for numeric columns, text for levels) into `out`, one a row; the numbers of levels
 * into `codes` where it is given.
 */
export function binValues(binning: Binning, vector: Vector, out: Uint8Array, codes?: Int32Array): void {
  const { values, valid } = vector;
  if (binning.kind === 'numeric') {
    const numbers = values as Float64Array;
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i]!;
      const missing = (valid !== null && valid[i] === 0) || Number.isNaN(value);
      out[i] = missing ? missingBin : numericBin(binning.edges, value);
    }
    return;
  }
  const texts = values as readonly (string | null)[];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    const missing = text === null || (valid !== null && valid[i] === 0);
    const code = missing ? noCode : (binning.codes.get(text) ?? noCode);
    out[i] = code === noCode ? missingBin : binning.bins[code]!;
    if (codes !== undefined) codes[i] = code;
  }
}
