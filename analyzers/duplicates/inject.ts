import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DuplicatesOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { distinctValues } from '../../src/derived/distinct-values.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { misspelled } from '../../src/dataset/sql/shapes/misspelled.js';
import { stretchUnits } from '../../src/dataset/sql/shapes/ranked-units.js';

export const inject: readonly Mechanism<DuplicatesOptions>[] = [
  {
    name: 'exact-copies',
    where: 'train',
    says: 'rows are copied once, each with the same chance',
    found: { at: 0.01 },
    inject: (study, run) => {
      const own = drawingFor(run, 'duplicates', 'exact-copies');
      return copies(drawnUnits(study.train, { draw: run.engine.dialect.uniform(own.random.path, 'k') }), 2, own);
    },
  },
  {
    name: 'burst',
    where: 'train',
    says: 'all rows of one stretch of time (of file order where there is no time) are copied three times, as by a retried upload',
    found: { at: 0.01 },
    inject: (study, run) => {
      const own = drawingFor(run, 'duplicates', 'burst');
      return copies(stretchUnits(study.train, null, study.roles.time, own.random.at(0)), 4, own);
    },
  },
  {
    name: 'misspelled-copies',
    where: 'train',
    says: 'rows are copied, and in one of the two a character of the text with most values is struck one key further',
    found: {
      blind: 'near duplicates are looked for in tables that name things; in a log, rows that are alike are not one',
    },
    inject: misspelledCopies,
  },
];

/** Copies the row first and then changes the original, which leaves the same two rows as a changed copy. */
async function misspelledCopies({ train, roles }: Study, run: Run): Promise<Injection | Unsupported> {
  const texts = roles.features.map((f) => f.column).filter(({ type }) => type === 'VARCHAR');
  if (texts.length === 0) return { unsupported: 'there is no text to misspell' };
  const counts = await distinctValues(train, texts, run);
  const column = texts[counts.indexOf(Math.max(...counts))]!;
  const own = drawingFor(run, 'duplicates', 'misspelled-copies');
  const { dialect } = run.engine;
  const laid = await layOutUnits(
    drawnUnits(train, {
      where: `${column.id} IS NOT NULL AND ${column.id} <> ''`,
      draw: dialect.uniform(own.random.path, 'k'),
      value: misspelled(column, `${own.random.path}/place`, dialect),
    }),
    own,
  );
  return {
    ...laid,
    plan: (at) =>
      planOf(
        'duplicates',
        'duplicates.injected',
        { verb: 'repeat-row', where: { keys: at }, times: 2 },
        { verb: 'set-cell', column: column.name, list: at },
      ),
  };
}

async function copies(units: Query, times: number, run: Run): Promise<Injection> {
  const laid = await layOutUnits(units, run);
  return {
    ...laid,
    plan: (at) => planOf('duplicates', 'duplicates.injected', { verb: 'repeat-row', where: { keys: at }, times }),
  };
}
