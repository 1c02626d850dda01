// Imbalance: how many negatives were kept, from a thinned half of a log against the other half.
import { imbalance } from '../../../dist/analyzers/imbalance/index.js';
import { createRun } from '../../../dist/src/core/run.js';
import { labelSql } from '../../../dist/src/dataset/sql/label.js';
import { openSet } from './data.mjs';
import { mean } from './table.mjs';

/** Relative error of the estimate of `kept`, about 1,000 positives on each side, and whether it is called. */
export async function keptOf(set, kept, seed, engine, cache) {
  const run = createRun({ engine, seed, threads: 2, id: `kept-${set}-${kept}-${seed}` });
  try {
    const study = await openSet(set, cache, run);
    const y = labelSql(study.roles.label);
    const draw = (path) => engine.dialect.uniform(`${path}/${seed}`, 'k');
    const half = async (name, where) => {
      await engine.write({ sql: `SELECT * FROM ${study.train.name} WHERE ${where}` }, { kind: 'table', name }, run);
      const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
      return { ...study.train, name, rows: Number(row.n) };
    };
    const name = `kept_${set.replaceAll('-', '_')}_${seed}`;
    const train = await half(`${name}_here`, `${draw('half')} < 0.5 AND (${y} = 1 OR ${draw('keep')} < ${kept})`);
    const reference = await half(`${name}_there`, `${draw('half')} >= 0.5`);
    const { measurements, findings } = await imbalance.detect({ ...study, whole: train, train, reference }, run);
    const found = measurements.find((m) => m.name === 'imbalance.kept-negatives');
    return {
      off: Math.abs(found.value / kept - 1),
      low: found.low,
      high: found.high,
      called: findings.some((f) => f.code === 'imbalance.sampled'),
    };
  } finally {
    await run.close();
  }
}

/** The lines of imbalance. */
export async function imbalanceLines({ engine, cache, once, seeds, say, figure }) {
  say('imbalance: negatives kept, against the other half of a log, 3 seeds');
  for (const set of ['bank', 'telco'])
    for (const kept of [0.1, 0.5]) {
      const cells = [];
      for (const seed of seeds)
        cells.push(await once(`kept ${set} ${kept} ${seed}`, () => keptOf(set, kept, seed, engine, cache)));
      say(
        `  ${set} kept ${kept}: off by ${cells.map((c) => c.off.toFixed(3)).join(', ')}, called ${cells.filter((c) => c.called).length} of 3`,
      );
      if (set === 'telco') figure(`imbalance.off.${set}.${kept}`, mean(cells.map((c) => c.off)), '<=', 0.1);
    }
}
