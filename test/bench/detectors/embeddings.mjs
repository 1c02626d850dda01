// Embeddings: 20,000 rows of 500 items by popularity, each item with a Gaussian vector of 16 elements, of norms that differ by a
// third beside that; one row in a hundred gets a vector that no model made.
import { embeddings } from '../../../dist/analyzers/embeddings/index.js';
import { drawn, looked, mean, seeds, tableStudy } from './logs.mjs';
import { scored } from './table.mjs';

const [rows, items, length] = [20_000, 500, 16];
const roles = { label: 'label', item: 'item' };
/** What is planted: the code it is to be told by, and the vector instead of `v`. */
const kinds = {
  zeros: { code: 'embeddings.zero', sql: 'list_transform(v, lambda x: 0)' },
  'one default': { code: 'embeddings.repeats', sql: `list_transform(range(1, ${length + 1}), lambda j: sin(j))` },
  cut: { code: 'embeddings.length', sql: `v[1:${length / 2}]` },
  'hundredfold norm': { code: 'embeddings.norm', sql: 'list_transform(v, lambda x: 100 * x)' },
  NaN: { code: 'embeddings.broken', sql: `list_concat(v[1:${length - 1}], ['NaN'::FLOAT])` },
};

/** Columns made in memory, then the vectors beside them: those of an item, or what is planted where `hit` is 1. */
async function vectorStudy(name, seed, sql, run) {
  const [what, label, hit] = ['what', 'label', 'hit'].map((stream) => drawn(seed, `embeddings-${stream}`, rows));
  const columns = {
    label: Int32Array.from(label, (u) => Number(u < 0.1)),
    item: Int32Array.from(what, (u) => Math.floor(items * u ** 2)),
    hit: Int32Array.from(hit, (u) => Number(u < 0.01)),
  };
  const study = await tableStudy(`${name}_plain`, columns, roles, run);
  const [a, b, c] = ['a', 'b', 'c'].map((stream) =>
    run.engine.dialect.uniform(`embeddings-${seed}-${stream}`, stream === 'c' ? 'c1' : `CAST(1000 * c1 + j AS BIGINT)`),
  );
  const normal = `sqrt(-2 * ln(1 - ${a})) * cos(2 * pi() * ${b})`;
  const vector = `CAST(list_transform(range(1, ${length + 1}), lambda j: exp(${c} / 3) * ${normal}) AS FLOAT[])`;
  const made = `SELECT *, ${vector} AS v FROM ${name}_plain`;
  const cell = `CASE WHEN c2 = 1 THEN CAST(${sql} AS FLOAT[]) ELSE v END`;
  await run.engine.write({ sql: `SELECT k, c0, c1, c2, ${cell} AS c3 FROM (${made})` }, { kind: 'table', name }, run);
  await run.engine.drop(`${name}_plain`, run);
  const whole = {
    ...study.whole,
    name,
    columns: [...study.whole.columns, { id: 'c3', name: 'vector', type: 'FLOAT[]' }],
  };
  return {
    study: { ...study, whole, train: whole },
    truth: new Set([...columns.hit.keys()].filter((i) => columns.hit[i] === 1)),
  };
}

export async function brokenVectors(engine, say, figure) {
  for (const [kind, { code, sql }] of Object.entries({ ...kinds, nothing: { code: null, sql: 'v' } })) {
    const scores = [];
    let [named, called] = [0, 0];
    for (const seed of seeds) {
      const name = `embeddings_${kind.replaceAll(' ', '_')}_${seed}`;
      await looked(embeddings, engine, name, async (run) => {
        const { study, truth } = await vectorStudy(name, seed, sql, run);
        const { flagged, findings } = await embeddings.detect(study, run);
        called += Number(flagged !== null);
        named += Number(findings.length === 1 && findings[0].code === code);
        const found =
          flagged === null
            ? []
            : await run.engine.rows({ sql: `SELECT DISTINCT k FROM ${flagged.relation}` }, rows, run);
        scores.push(scored(new Set(found.map(({ k }) => Number(k))), truth).f1);
        return study;
      });
    }
    if (code === null) figure('embeddings.nothing-called-of-20', called, '<=', 0);
    else {
      say(`embeddings, ${kind}: a hundredth of the rows, told by ${code} alone in ${named} of ${seeds.length}`);
      figure(`embeddings.${kind.replaceAll(' ', '-')}-named-of-20`, named, '>=', seeds.length);
      figure(`embeddings.${kind.replaceAll(' ', '-')}-f1`, mean(scores), '>=', 1);
    }
  }
}
