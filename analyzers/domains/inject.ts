import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DomainsOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { capitalUnits } from '../../src/dataset/sql/shapes/capital-units.js';
import { hasValueSql } from '../../src/dataset/sql/shapes/domain-rows.js';
import { multipliedUnits } from '../../src/dataset/sql/shapes/multiplied-units.js';
import { mirroredUnits } from '../../src/dataset/sql/shapes/turned-units.js';
import { domainsOf } from '../../src/derived/domains.js';
import { fewWords, positiveNumber, tellingNumber } from './inject/columns.js';

/** Ways in which one source comes to mean something else by a column. All last, so scored rows have them too. */
export const inject: readonly Mechanism<DomainsOptions>[] = [
  {
    name: 'other-unit',
    where: 'both',
    says: 'positive numbers of one column are multiplied in the smallest domain',
    found: { at: 1 },
    inject: (study, run, options) =>
      inDomain('other-unit', study, run, positiveNumber(study, run, options), (column, where, { engine, random }) =>
        multipliedUnits(study.whole, column, null, options.factor, where, random.path, engine.dialect),
      ),
  },
  {
    name: 'other-words',
    where: 'both',
    says: 'values of one column of text are written in capitals in the smallest domain',
    found: { at: 1 },
    inject: (study, run, options) =>
      inDomain('other-words', study, run, fewWords(study, run, options), (column, where, { engine, random }) =>
        capitalUnits(study.whole, column, where, random.path, engine.dialect),
      ),
  },
  {
    name: 'reversed',
    where: 'both',
    says: 'numbers of the best feature are mirrored at its median in the smallest domain, so that what was good is bad',
    found: { at: 1 },
    inject: (study, run, options) =>
      inDomain('reversed', study, run, tellingNumber(study, run, options), (column, where, { engine, random }) =>
        mirroredUnits(study.whole, column, where, random.path, engine.dialect),
      ),
  },
];

async function inDomain(
  name: string,
  study: Study,
  run: Run,
  choosing: Promise<Column | null>,
  unitsOf: (column: Column, where: string, own: Run) => Query,
): Promise<Injection | Unsupported> {
  const column = await choosing;
  const domains = await domainsOf(study, run);
  const smallest = domains?.known.at(-1);
  if (domains === null || smallest === undefined) return { unsupported: 'no column says where rows come from' };
  if (column === null) return { unsupported: 'no feature fits' };
  const own = drawingFor(run, 'domains', name);
  const where = hasValueSql(domains.column, smallest.value, own.engine.dialect);
  const laid = await layOutUnits(unitsOf(column, where, own), own);
  return {
    ...laid,
    plan: (list) => planOf('domains', 'domains.injected', { verb: 'set-cell', column: column.name, list }),
  };
}
