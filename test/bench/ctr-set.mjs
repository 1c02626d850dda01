// A generated click log with a known logit: numeric columns (a tenth of the cells missing), codes of low cardinality
// with additive effects, and ids with a long tail, given as frequency ranks.

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

/** Rows 0 .. test - 1 are for scoring. `values` is row-major; NaN is missing. */
export function ctrSet({ train, test, columns, rate, seed }) {
  const uniform = mulberry(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const rows = train + test;
  const numeric = Math.ceil(columns * 0.6);
  const ids = Math.ceil(columns * 0.1);
  const levels = Array.from({ length: columns - numeric }, (_, i) => (i < ids ? 1000 * (i + 1) ** 2 : 3 + 4 * i));
  const effects = levels.map((n) => Float64Array.from({ length: n }, () => 0.3 * normal()));
  const values = new Float64Array(rows * columns);
  const logit = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: numeric }, normal);
    let l = 0.4 * x[0] * x[1] + 0.5 * (x[2] > 0 ? x[3] : -0.3 * x[3]) - 0.3 * Math.abs(x[4]) + 0.4 * Math.sin(2 * x[5]);
    levels.forEach((n, i) => {
      // The square of a uniform draw favours the first levels, which are thereby in order of frequency.
      const level = Math.floor(n * uniform() ** (i < ids ? 4 : 2));
      l += effects[i][level];
      values[row * columns + numeric + i] = level;
    });
    x.forEach((v, c) => (values[row * columns + c] = uniform() < 0.1 ? NaN : c % 5 === 2 ? Math.round(v * 20) : v));
    logit[row] = l;
  }
  let [low, high] = [-15, 5];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    let mean = 0;
    for (let row = 0; row < rows; row += 7) mean += 7 / rows / (1 + Math.exp(-logit[row] - middle));
    if (mean > rate) high = middle;
    else low = middle;
  }
  const label = Uint8Array.from(logit, (l) => (uniform() < 1 / (1 + Math.exp(-l - low)) ? 1 : 0));
  return { rows, columns, values, label, logit, test };
}
