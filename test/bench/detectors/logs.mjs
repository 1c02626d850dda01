// Detectors of logs against generated truth: each part plants one defect in a log of its own, 20 seeds.
import { createRun } from '../../../dist/src/core/run.js';
import { createRandom } from '../../../dist/src/core/random.js';

const day = 86_400;
export const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

/** An un-split study over columns made in memory: `columns` by name, roles by name; labels are 0 and 1, texts plain arrays. */
export async function tableStudy(name, columns, roles, run) {
  const names = Object.keys(columns);
  const rows = columns[names[0]].length;
  const put = names.map((column, i) => ({
    name: `c${i}`,
    type: Array.isArray(columns[column]) ? 'VARCHAR' : columns[column] instanceof Int32Array ? 'INTEGER' : 'DOUBLE',
    values: columns[column],
  }));
  const k = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
  await run.engine.put(name, [{ name: 'k', type: 'BIGINT', values: k }, ...put], run);
  const all = names.map((column, i) => ({ id: `c${i}`, name: column, type: put[i].type }));
  const named = (role) => all.find((column) => column.name === roles[role]) ?? null;
  const whole = { name, columns: all, rows, split: false, hash: name };
  const features = all.filter(({ name: n }) => n !== roles.label && n !== roles.time);
  return {
    files: [{ role: 'train', name, rows, rejected: 0 }],
    whole,
    train: whole,
    evaluation: null,
    test: null,
    reference: null,
    roles: {
      label: { column: named('label'), positive: '1', negative: '0' },
      time: named('time'),
      user: named('user'),
      item: named('item'),
      position: named('position'),
      group: null,
      weight: null,
      domain: named('domain'),
      key: [],
      features: features.map((column) => ({ column, kind: column.type === 'DOUBLE' ? 'numeric' : 'categorical' })),
      excluded: [],
      reasons: {},
    },
    split: null,
  };
}

/** `count` uniform draws of a named stream. */
export function drawn(seed, stream, count) {
  const random = createRandom(seed).fork('bench-logs').fork(stream);
  return Float64Array.from({ length: count }, (_, i) => random.at(i));
}

/** What a detector says of a study made by `make(run)`. */
export async function looked(defect, engine, name, make) {
  const run = createRun({ engine, threads: 2, id: name });
  try {
    const study = await make(run);
    return { evidence: await defect.detect(study, run), study, run };
  } finally {
    await engine.drop(name, run);
    await run.close();
  }
}

export const has = ({ evidence }, code) => evidence.findings.some((finding) => finding.code === code);
export const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
export { day };
