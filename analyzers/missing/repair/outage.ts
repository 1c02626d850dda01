import type { Repair } from '../../../src/core/defect.js';
import type { Evidence, Finding } from '../../../src/core/evidence.js';
import type { Expr, Verb } from '../../../src/core/plan.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { medianConstant } from './median.js';
import { block, columnOf, marked } from './where.js';

/** Columns for which outages are repaired, those with the most cells first. */
const maxColumns = 3;

/** The cells of a column's outages, as a rule. */
interface Lost {
  readonly column: Column;
  readonly cells: number;
  readonly where: Expr;
  /** The number written instead of values; null where they are null or text. */
  readonly number: number | null;
  readonly disguised: boolean;
}

/** For each column with an outage: null its disguised cells, fill them with the median, or drop or halve their rows. */
export async function outageRepairs(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  const columns = lostColumns(study, evidence);
  for (const [i, lost] of columns.slice(0, maxColumns).entries()) {
    const name = lost.column.name;
    const made = (id: string, title: string, verb: Verb): Repair => {
      const plan = planOf('missing', 'missing.outage', verb);
      return { id: i === 0 ? id : `${id}-${i + 1}`, title, plan, units: lost.cells };
    };
    const add = (id: string, title: string, verb: Verb): number => repairs.push(made(id, title, verb));
    const cell = { verb: 'set-cell', column: name, where: { rule: lost.where } } as const;
    if (lost.disguised)
      add('null-outage', `null ${name} where it was lost`, { ...cell, to: expr.literal(lost.column.type, null) });
    const median = await medianConstant(study, lost.column, lost.number === null ? [] : [lost.number], run);
    if (median !== null) add('median-outage', `median of ${name} where it was lost`, { ...cell, to: median });
    const where = { rule: lost.where };
    const drop = made('drop-outage', `drop the rows that lost ${name}`, { verb: 'drop-row', where });
    const title = `halve the weight of the rows that lost ${name}`;
    const half = made('halve-outage', title, { verb: 'weight-row', where, factor: 0.5 });
    repairs.push({ ...drop, strength: 1, others: [{ ...half, strength: 0.5 }] });
  }
  return repairs;
}

function lostColumns(study: Study, evidence: Evidence): readonly Lost[] {
  const byColumn = new Map<string, Finding['args'][]>();
  for (const { code, args } of evidence.findings) {
    if (code !== 'missing.outage') continue;
    const key = JSON.stringify([args['column'], args['value']]);
    byColumn.set(key, [...(byColumn.get(key) ?? []), args]);
  }
  return [...byColumn.values()].flatMap((outages) => {
    const [first = {}] = outages;
    const column = columnOf(study.train, first['column']);
    const cell = column === null ? null : marked(column, first);
    const blocks = outages.flatMap((args) => block(study.train, args) ?? []);
    if (column === null || cell === null || blocks.length === 0) return [];
    const disguised = first['value'] !== null;
    const number = disguised && !Array.isArray(first['spellings']) ? Number(first['value']) : null;
    const where = expr.and(cell, blocks.length === 1 ? blocks[0]! : { or: blocks });
    return [{ column, where, number, disguised, cells: outages.reduce((sum, args) => sum + Number(args['cells']), 0) }];
  });
}
