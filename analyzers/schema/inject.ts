import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { SchemaOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { topValues } from '../../src/dataset/sql/shapes/histograms.js';
import { quartiles } from '../../src/dataset/sql/shapes/quartiles.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { lateRows } from '../../src/derived/late-rows.js';

/** What a release of the program that writes the log brings: it holds from a moment on, for all rows. */
export const mechanisms: readonly Mechanism<SchemaOptions>[] = [
  {
    name: 'swapped-columns',
    where: 'both',
    says: 'two columns of numbers change places in the late rows',
    found: { at: 1 },
    inject: swapped,
  },
  {
    name: 'renamed-value',
    where: 'both',
    says: 'the usual value of a text column is written otherwise in the late rows',
    found: { at: 1 },
    inject: renamedValue,
  },
];

/** The first two numeric features of one type whose middle halves lie apart. */
async function swapped(study: Study, run: Run): Promise<Injection | Unsupported> {
  const two = await columnsApart(study, run);
  if (two === null) return { unsupported: 'there are no two numeric features of one type that differ' };
  const [a, b] = two;
  const own = drawingFor(run, 'schema', 'swapped-columns');
  const where = `${await lateRows(study, run)} AND ${a.id} IS NOT NULL AND ${b.id} IS NOT NULL`;
  const draw = own.engine.dialect.uniform(own.random.path, 'k');
  // The value each row brings is what B held, which is overwritten first.
  const laid = await layOutUnits(drawnUnits(study.whole, { where, draw, value: b.id }), own);
  return {
    ...laid,
    plan: (at) =>
      planOf(
        'schema',
        'schema.injected',
        { verb: 'set-cell', column: b.name, where: { keys: at }, to: expr.col(a.name) },
        { verb: 'set-cell', column: a.name, list: at },
      ),
  };
}

async function columnsApart(study: Study, run: Run): Promise<readonly [Column, Column] | null> {
  const { roles, train } = study;
  const columns = roles.features.flatMap(({ column, kind }) =>
    kind === 'numeric' && isNumeric(column.type) ? [column] : [],
  );
  const known: { column: Column; lower: number; upper: number }[] = [];
  for (const column of columns.slice(0, 20)) {
    const [row = {}] = await run.engine.rows(quartiles(train, column, run.engine.dialect), 1, run);
    if (row['lower'] === null || row['lower'] === undefined) continue;
    const next = { column, lower: Number(row['lower']), upper: Number(row['upper']) };
    const other = known.find((k) => k.column.type === column.type && (k.upper < next.lower || next.upper < k.lower));
    if (other !== undefined) return [other.column, column];
    known.push(next);
  }
  return null;
}

async function renamedValue(study: Study, run: Run): Promise<Injection | Unsupported> {
  const texts = study.roles.features.flatMap(({ column }) => (column.type === 'VARCHAR' ? [column] : []));
  const most = 50;
  for (const column of texts.slice(0, 20)) {
    const values = await run.engine.rows(topValues(study.train, [column], most + 1), most + 1, run);
    if (values.length < 2 || values.length > most) continue;
    const usual = String(values[0]!['value']);
    const own = drawingFor(run, 'schema', 'renamed-value');
    const { dialect } = own.engine;
    const where = `${await lateRows(study, run)} AND coalesce(${column.id} = ${dialect.text(usual)}, false)`;
    const laid = await layOutUnits(
      drawnUnits(study.whole, { where, draw: dialect.uniform(own.random.path, 'k') }),
      own,
    );
    const to = expr.text(`${usual} as it is written now`);
    return {
      ...laid,
      plan: (keys) =>
        planOf('schema', 'schema.injected', { verb: 'set-cell', column: column.name, where: { keys }, to }),
    };
  }
  return { unsupported: 'there is no text feature of 2 to 50 values' };
}
