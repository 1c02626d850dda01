// A small click log with users, made for coverage benches: six numeric features, a user effect nobody sees, labels by
// a logistic law. Every draw is keyed by (repetition, stream, row or user), so that no row shifts another row's draw.
import { Part } from '../../../dist/src/core/relation.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { normalQuantile } from '../../../dist/src/stats/distributions.js';
import { shared } from '../../../dist/src/models/frame/shared.js';

const columns = 6;
const bins = 64;
const userRows = 6; // mean rows of a user

/** Uniform draws by row or user of a named stream. */
const stream = (random, name) => {
  const fork = random.fork(name);
  return (key) => fork.at(key);
};
const normal = (u) => normalQuantile(Math.min(Math.max(u, 1e-12), 1 - 1e-12));
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/**
 * A frame of `train` training rows, `test` evaluation rows (inner : outer 1 : 2 by user) and `fresh` further rows, left
 * out of both, on which truth is measured; users are not shared between the three. `chance` is each row's true click
 * probability.
 */
export function makeWorld(repetition, { train, test, fresh }) {
  const rows = train + test + fresh;
  const random = createRandom(repetition).fork('calibration');
  const frame = emptyFrame(rows);
  const chance = new Float64Array(rows);
  const pick = stream(random, 'user');
  const effect = stream(random, 'effect');
  const values = Array.from({ length: columns }, (_, c) => stream(random, `value ${c}`));
  const tilt = Array.from({ length: columns }, (_, c) => stream(random, `tilt ${c}`));
  const click = stream(random, 'click');
  const place = stream(random, 'part');
  const x = new Float64Array(columns);
  const block = (from, count, partOf) => {
    const users = Math.ceil(count / userRows);
    for (let row = from; row < from + count; row++) {
      const user = from + Math.floor(users * pick(row) ** 1.6); // uneven: the first users have many rows
      frame.unit[row] = user;
      for (let c = 0; c < columns; c++)
        x[c] = Math.sqrt(0.7) * normal(values[c](row)) + Math.sqrt(0.3) * normal(tilt[c](user));
      for (let c = 0; c < columns; c++) frame.bins[row * frame.stride + c] = Math.floor(bins * standardNormalCdf(x[c]));
      const logit =
        -2.7 +
        0.8 * x[0] +
        0.5 * x[1] * (x[2] > 0 ? 1 : -0.4) +
        0.4 * Math.abs(x[3]) -
        0.3 * x[4] +
        0.6 * normal(effect(user));
      chance[row] = sigmoid(logit);
      frame.label[row] = click(row) < chance[row] ? 1 : 0;
      frame.part[row] = partOf(user);
    }
  };
  block(0, train, () => Part.train);
  block(train, test, (user) => (place(user) < 1 / 3 ? Part.inner : Part.outer));
  block(train + test, fresh, () => Part.leftOut);
  return { frame, chance };
}

function emptyFrame(rows) {
  return {
    rows,
    stride: 8,
    bins: shared.bytes(rows * 8),
    columns: Array.from({ length: columns }, (_, c) => ({
      feature: { column: column(c), kind: 'numeric' },
      binCount: bins,
      binning: { kind: 'numeric', edges: new Float64Array(0) },
    })),
    label: shared.bytes(rows),
    weight: null,
    keys: shared.keys(rows).map((_, row) => BigInt(row)),
    part: shared.bytes(rows),
    unit: shared.ints(rows),
    units: rows,
    time: null,
  };
}

const column = (c) => ({ id: `c${c}`, name: `x${c}`, type: 'DOUBLE' });

/** Abramowitz and Stegun 26.2.17, to 7 digits: good enough to cut bins. */
function standardNormalCdf(x) {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(x > 0 ? 1 - tail : tail, 1 - 1e-9);
}

/** The overlay as is with some rows left out or relabelled. */
export function alter(base, { drop = () => false, flip = () => false }) {
  const kept = base.rows.filter((row) => !drop(row));
  const label = new Map(Array.from(base.rows, (row, i) => [row, base.label[i]]));
  return {
    ...base,
    rows: kept,
    label: Uint8Array.from(kept, (row) => (flip(row) ? 1 - label.get(row) : label.get(row))),
    touched: base.rows.length - kept.length,
  };
}
