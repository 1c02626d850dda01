// A click log with a known logit: 25 numeric columns (a tenth of the cells missing), 10 codes of low cardinality and 5
// ids with a long tail, both as ranks by falling frequency. 3% of the labels are 1; the AUC of the true logit is .853.

const columns = 40;
const levelsOfCodes = [3, 4, 6, 8, 10, 12, 20, 30, 40, 60];
const levelsOfIds = [500, 3000, 10_000, 20_000, 50_000];
const skews = [0.9, 1, 1.05, 1.1, 1.1];

/** Mulberry32 (Ettinger 2017): enough for a bench. */
function mulberry(seed) {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = s;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws 0 .. levels - 1 with falling probability. */
function zipf(levels, skew, uniform) {
  const shares = Float64Array.from({ length: levels }, (_, i) => 1 / (i + 3) ** skew);
  const sum = shares.reduce((a, b) => a + b, 0);
  let total = 0;
  for (let i = 0; i < levels; i++) shares[i] = total += shares[i] / sum;
  const table = new Uint32Array(65_537);
  for (let m = 0, level = 0; m < table.length; m++) {
    while (level < levels - 1 && shares[level] < m / 65_536) level++;
    table[m] = level;
  }
  return () => {
    const u = uniform();
    let level = table[Math.floor(u * 65_536)];
    while (level < levels - 1 && shares[level] < u) level++;
    return level;
  };
}

/** Codes of one column become ranks by falling frequency, ties by code. */
function rank(values, rows, column, levels) {
  const counts = new Int32Array(levels);
  for (let row = 0; row < rows; row++) counts[values[row * columns + column]]++;
  const order = Array.from({ length: levels }, (_, i) => i).sort((a, b) => counts[b] - counts[a] || a - b);
  const ranks = new Int32Array(levels);
  order.forEach((level, at) => (ranks[level] = at));
  for (let row = 0; row < rows; row++) values[row * columns + column] = ranks[values[row * columns + column]];
}

/** `rows` rows of a world of its own for each seed; `values` is row-major, NaN is missing. */
export function clickLog(rows, seed = 42) {
  const uniform = mulberry(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const codes = levelsOfCodes.map((levels) => Float64Array.from({ length: levels }, normal));
  const ids = levelsOfIds.map((levels, i) =>
    Float64Array.from({ length: levels }, () => normal() * (i < 4 ? 0.5 : 0.6)),
  );
  const drawCode = levelsOfCodes.map((levels) => zipf(levels, 0.6, uniform));
  const drawId = levelsOfIds.map((levels, i) => zipf(levels, skews[i], uniform));
  const values = new Float32Array(rows * columns);
  const logit = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: 25 }, normal);
    const c = drawCode.map((draw) => draw());
    const d = drawId.map((draw) => draw());
    const code = (i) => codes[i][c[i]];
    let l = 0.45 * x[0] * x[1] + 0.6 * (x[2] > 0 ? x[3] : -0.3 * x[3]) - 0.35 * Math.abs(x[4]);
    l += 0.4 * Math.sin(2 * x[5]) + 0.3 * x[6] + 0.25 * x[7] * code(4) + 0.2 * x[8] * x[9];
    l += (x[11] > 0.5 ? -0.2 * x[10] : 0) + 0.15 * x[12] + 0.3 * code(0) + 0.3 * code(3) + 0.35 * code(7);
    l += 0.25 * code(8) + 0.3 * code(1) * code(5) + 0.4 * ids[1][d[1]] * x[6];
    for (let i = 0; i < 5; i++) l += ids[i][d[i]];
    logit[row] = l;
    const cell = row * columns;
    x.forEach((v, j) => {
      const missing = uniform() < (j === 6 ? (v > 0 ? 0.15 : 0.05) : 0.1);
      values[cell + j] = missing ? NaN : shaped(v, j);
    });
    values.set(c, cell + 25);
    values.set(d, cell + 35);
  }
  levelsOfCodes.forEach((levels, i) => rank(values, rows, 25 + i, levels));
  levelsOfIds.forEach((levels, i) => rank(values, rows, 35 + i, levels));
  return { rows, columns, values, logit, label: labels(logit, uniform, 0.03) };
}

/** Some columns are skewed, some are whole numbers. */
function shaped(v, column) {
  if (column % 5 === 1) return Math.exp(v);
  if (column % 5 === 2) return Math.round(v * 20);
  return column % 5 === 3 && column > 12 ? Math.round(Math.exp(v) * 3) : v;
}

function labels(logit, uniform, rate) {
  let [low, high] = [-15, 5];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    let mean = 0;
    for (let row = 0; row < logit.length; row += 7) mean += 7 / logit.length / (1 + Math.exp(-logit[row] - middle));
    if (mean > rate) high = middle;
    else low = middle;
  }
  return Uint8Array.from(logit, (l) => (uniform() < 1 / (1 + Math.exp(-l - low)) ? 1 : 0));
}
