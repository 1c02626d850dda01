import type { Frame, Overlay } from '../models/frame/frame.js';
import { smoothParameters } from './smooth-parameters.js';

/** Columns that a model of a detector is shown at most. */
export const mostShown = 400;
/** Bins of a column, that of missing values last. */
const bins = 256;

/**
 * The overlay with all columns masked but the {@link mostShown} that tell most about its labels; itself where there are no
 * more. What a column tells is the gain of its best first split (ties: the earlier column), on the overlay's own rows
 * alone: a choice made with the rows that are scored would flatter the model (Ambroise and McLachlan 2002). So the cost of
 * a model does not grow with the width of a table; columns that tell only together with others may be lost.
 */
export function tellingColumns(frame: Frame, overlay: Overlay): Overlay {
  const hidden = new Set(overlay.masked);
  const open = Array.from(frame.columns.keys()).filter((column) => !hidden.has(column));
  if (open.length <= mostShown) return overlay;
  const gain = splitGains(frame, overlay);
  const shown = new Set(open.toSorted((a, b) => gain[b]! - gain[a]! || a - b).slice(0, mostShown));
  return { ...overlay, masked: Array.from(frame.columns.keys()).filter((column) => !shown.has(column)) };
}

/** Of each column, how much its best split takes from the squared error of the labels. */
function splitGains(
  { bins: cells, stride, columns }: Frame,
  { rows, label, columns: replaced }: Overlay,
): Float64Array {
  const width = columns.length;
  const positives = new Int32Array(width * bins);
  const counts = new Int32Array(width * bins);
  rows.forEach((row, i) => {
    const y = label[i]!;
    const from = row * stride;
    for (let c = 0, at = 0; c < width; c++, at += bins) {
      counts[at + cells[from + c]!]!++;
      positives[at + cells[from + c]!]! += y;
    }
  });
  for (const [c, own] of replaced) {
    const at = c * bins;
    counts.fill(0, at, at + bins);
    positives.fill(0, at, at + bins);
    rows.forEach((row, i) => {
      counts[at + own[row]!]!++;
      positives[at + own[row]!]! += label[i]!;
    });
  }
  return Float64Array.from(columns, (_, c) =>
    bestGain(counts.subarray(c * bins, c * bins + bins), positives.subarray(c * bins, c * bins + bins)),
  );
}

/** Missing values go right, where the last bin lies. */
function bestGain(counts: Int32Array, positives: Int32Array): number {
  const [n, y] = [total(counts), total(positives)];
  let [left, hits, best] = [0, 0, 0];
  for (let bin = 0; bin < bins - 1; bin++) {
    left += counts[bin]!;
    hits += positives[bin]!;
    if (left < smoothParameters.minLeafRows || n - left < smoothParameters.minLeafRows) continue;
    const excess = hits - (left * y) / n;
    best = Math.max(best, excess * excess * (1 / left + 1 / (n - left)));
  }
  return best;
}

function total(values: Int32Array): number {
  return values.reduce((sum, v) => sum + v, 0);
}
