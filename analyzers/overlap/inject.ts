import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Verb } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Lent } from '../../src/dataset/sql/shapes/lent-rows.js';
import type { OverlapOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { isAdmitted, isFloat } from '../../src/dataset/sql/plan/type-names.js';
import { lentRows } from '../../src/dataset/sql/shapes/lent-rows.js';
import { spreads } from '../../src/dataset/sql/shapes/spreads.js';
import { describingColumns } from '../../src/derived/describing-columns.js';

/** Noise of a near copy, in interquartile ranges of its column, to either side. */
const noise = 1e-4;

/** Test rows that slip into the training rows: as they are, or computed a second time. */
export const inject: readonly Mechanism<OverlapOptions>[] = [
  {
    name: 'test-rows',
    where: 'train',
    says: 'training rows become copies of drawn test rows, label included',
    found: { at: 0.005 },
    inject: (study, run) => lent('test-rows', study, run, (column) => `o.${column.id}`),
  },
  {
    name: 'recomputed-test-rows',
    where: 'train',
    says: 'training rows become copies of drawn test rows whose decimals differ in the last digits, as after a second export',
    found: { at: 0.005 },
    inject: async (study, run) => {
      const floats = study.roles.features.map((f) => f.column).filter(({ type }) => isFloat(type));
      if (floats.length === 0 || study.test === null) return { unsupported: 'there are no decimals to compute again' };
      const [row = {}] = await run.engine.rows(spreads(study.test.name, floats, run.engine.dialect), 1, run);
      const widths = new Map(floats.map((c, i) => [c.id, noise * (Number(row[`d${i}`]) - Number(row[`b${i}`]))]));
      return lent('recomputed-test-rows', study, run, (column, own) => {
        const width = widths.get(column.id) ?? 0;
        const draw = own.engine.dialect.uniform(`${own.random.path}/${column.id}`, 'r.k');
        return width > 0 ? `o.${column.id} + ${width} * (2 * ${draw} - 1)` : `o.${column.id}`;
      });
    },
  },
];

async function lent(
  name: string,
  study: Study,
  run: Run,
  value: (column: Column, own: Run) => string,
): Promise<Injection | Unsupported> {
  const { whole, test, roles } = study;
  if (test === null) return { unsupported: 'there is no test file' };
  if (test.rows === 0) return { unsupported: 'the test file has no rows' };
  const own = drawingFor(run, 'overlap', name);
  const columns = (await describingColumns(study, run)).filter(
    ({ id, type }) => id !== roles.weight?.id && isAdmitted(type),
  );
  const lending = columns.map((column): Lent => ({ column, value: value(column, own) }));
  const laid = await layOutUnits(lentRows(whole, test, lending, own.random.path, own.engine.dialect), own);
  return {
    ...laid,
    plan: (at) => {
      const verbs = columns.map((column): Verb => {
        const list = { ...at, field: column.id };
        return column.id === roles.label?.column.id
          ? { verb: 'set-label', list }
          : { verb: 'set-cell', column: column.name, list };
      });
      return planOf('overlap', 'overlap.injected', ...verbs);
    },
  };
}
