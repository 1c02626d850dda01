// A small click log with users, made for coverage benches: six numeric features, a user effect nobody sees, labels by
// a logistic law. Every draw is keyed by (world, stream, row or user), so that no row shifts another row's draw.
import { Part } from '../../../dist/src/core/relation.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { shared } from '../../../dist/src/models/frame/shared.js';

const columns = 6;
const bins = 64;
const userRows = 6; // mean rows of a user

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/**
 * A frame of `train` training rows (Part.train) and of blocks of other rows (Part.leftOut until `evaluate` takes one):
 * `{ rows, users }`, where `users: false` makes every row its own user. The law of a single row is the same in all of
 * them. `chance` is each row's true click probability; `blocks` holds first row and number of rows of each block.
 */
export function makeWorld(seed, { train, blocks }) {
  const rows = blocks.reduce((sum, block) => sum + block.rows, train);
  const frame = emptyFrame(rows);
  const chance = new Float64Array(rows);
  const law = lawOf(createRandom(seed).fork('calibration'), frame, chance);
  law(0, train, true, Part.train);
  let from = train;
  const placed = blocks.map((block) => {
    law(from, block.rows, block.users, Part.leftOut);
    const at = { from, rows: block.rows };
    from += block.rows;
    return at;
  });
  return { frame, chance, blocks: placed };
}

/** Writes a block of rows with labels; users are not shared between blocks. */
function lawOf(random, frame, chance) {
  const draws = (name) => random.fork(name).at;
  const normals = (name) => {
    const at = draws(name);
    return (key) => normal(at(key));
  };
  const [pick, click, effect] = [draws('user'), draws('click'), normals('effect')];
  const values = Array.from({ length: columns }, (_, c) => normals(`value ${c}`));
  const tilts = Array.from({ length: columns }, (_, c) => normals(`tilt ${c}`));
  const x = new Float64Array(columns);
  return (from, count, users, part) => {
    const userCount = Math.ceil(count / userRows);
    for (let row = from; row < from + count; row++) {
      const user = users ? from + Math.floor(userCount * pick(row) ** 1.6) : row; // uneven: the first have many rows
      frame.unit[row] = user;
      frame.part[row] = part;
      for (let c = 0; c < columns; c++) {
        x[c] = Math.sqrt(0.7) * values[c](row) + Math.sqrt(0.3) * tilts[c](user);
        frame.bins[row * frame.stride + c] = Math.floor(bins * normalCdf(x[c]));
      }
      const shape = 0.8 * x[0] + 0.5 * x[1] * (x[2] > 0 ? 1 : -0.4) + 0.4 * Math.abs(x[3]) - 0.3 * x[4];
      chance[row] = sigmoid(shape - 2.7 + 0.6 * effect(user));
      frame.label[row] = click(row) < chance[row] ? 1 : 0;
    }
  };
}

/** The frame with one block as its evaluation rows, inner : outer 1 : 2 by user. */
export function evaluate(world, block, seed) {
  const { frame } = world;
  const { from, rows } = world.blocks[block];
  const place = createRandom(seed).fork('part');
  const part = Uint8Array.from(frame.part);
  for (let row = from; row < from + rows; row++)
    part[row] = place.at(frame.unit[row]) < 1 / 3 ? Part.inner : Part.outer;
  return { ...frame, part };
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
    codes: new Map(),
    twins: null,
  };
}

const column = (c) => ({ id: `c${c}`, name: `x${c}`, type: 'DOUBLE' });

/** Abramowitz and Stegun 26.2.17, to 7 digits: good enough to cut bins. */
function normalCdf(x) {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(Math.max(x > 0 ? 1 - tail : tail, 0), 1 - 1e-9);
}

/** Abramowitz and Stegun 26.2.23, to 4.5e-4: the law of the world is whatever this makes of a uniform draw. */
function normal(u) {
  const p = Math.max(Math.min(u, 1 - u), 1e-12);
  const t = Math.sqrt(-2 * Math.log(p));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return u < 0.5 ? -z : z;
}

/** The overlay as is with some rows left out or relabelled. */
export function alter(base, { drop = () => false, flip = () => false }) {
  const at = [];
  base.rows.forEach((row, i) => {
    if (!drop(row)) at.push(i);
  });
  return {
    ...base,
    rows: Int32Array.from(at, (i) => base.rows[i]),
    label: Uint8Array.from(at, (i) => (flip(base.rows[i]) ? 1 - base.label[i] : base.label[i])),
    touched: base.rows.length - at.length,
  };
}
