import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Column, Relation } from '../../../src/core/relation.js';
import type { Study } from '../../../src/core/study.js';
import { createRandom } from '../../../src/core/random.js';
import { noRoles } from '../../../src/core/study.js';

/** A small log of known click probability, with wrong labels where a test plants them. */
export interface Planted {
  readonly study: Study;
  /** What a perfect model would say, by row. */
  readonly p: Float64Array;
  readonly label: Int32Array;
  readonly day: Int32Array;
  readonly source: Int32Array;
}

export interface PlantOptions {
  readonly rows: number;
  readonly days: number;
  readonly rate: number;
  /** Becomes the label of a row; draws are uniform. */
  readonly relabel?: (row: { label: number; source: number; day: number; draw: number }) => number;
  readonly time?: 'TIMESTAMP' | 'INTEGER' | null;
  readonly seed?: number;
}

const column = (id: string, name: string, type: string): Column => ({ id, name, type });

const startOfDays = Date.UTC(2026, 0, 5) / 1000;

/** Puts the log into the engine as a study whose rows are all training rows. */
export async function plantedStudy(engine: Engine, run: Run, options: PlantOptions): Promise<Planted> {
  const { rows, days, rate, relabel = ({ label }) => label, time = 'TIMESTAMP', seed = 1 } = options;
  const random = createRandom(seed).fork('planted');
  const draw = (stream: string, row: number): number => random.fork(stream).at(row);
  const index = Int32Array.from({ length: rows }, (_, row) => row);
  const day = index.map((row) => Math.floor((row * days) / rows));
  const source = index.map((row) => Math.floor(4 * draw('source', row)));
  const p = Float64Array.from(index, (row) => Math.min(0.9, rate * 4 * draw('p', row) ** 3));
  const label = index.map((row) => {
    const honest = Number(draw('label', row) < p[row]!);
    return relabel({ label: honest, source: source[row]!, day: day[row]!, draw: draw('noise', row) });
  });
  const name = `planted_${seed}_${rows}_${days}`;
  await engine.put(
    name,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from(index, BigInt) },
      { name: 'c0', type: 'INTEGER', values: label },
      time === 'INTEGER'
        ? { name: 'c1', type: 'INTEGER', values: day.map((d) => d * 86_400) }
        : {
            name: 'c1',
            type: 'TIMESTAMP',
            values: BigInt64Array.from(day, (d) => BigInt(startOfDays + d * 86_400 + 60) * 1_000_000n),
          },
      { name: 'c2', type: 'INTEGER', values: source },
      { name: 'c3', type: 'VARCHAR', values: Array.from(index, (row) => 'abc'[Math.floor(3 * draw('device', row))]!) },
    ],
    run,
  );
  const columns = [
    column('c0', 'click', 'INTEGER'),
    column('c1', 'time', time ?? 'TIMESTAMP'),
    column('c2', 'the source', 'INTEGER'),
    column('c3', 'device', 'VARCHAR'),
  ] as const;
  const relation: Relation = { name, columns, rows, split: false, hash: name };
  const study: Study = {
    files: [{ role: 'train', name: 'planted.parquet', rows, rejected: 0 }],
    whole: relation,
    train: relation,
    evaluation: null,
    test: null,
    reference: null,
    split: null,
    roles: {
      ...noRoles,
      label: { column: columns[0], positive: '1', negative: '0' },
      time: time === null ? null : columns[1],
      features: [
        { column: columns[2], kind: 'numeric' },
        { column: columns[3], kind: 'categorical' },
      ],
    },
  };
  return { study, p, label, day, source };
}
