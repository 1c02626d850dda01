import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { expr, planOf } from '../../src/core/plan.js';
import { medianConstant } from './repair/median.js';
import { outageRepairs } from './repair/outage.js';
import { columnOf, marked, text } from './repair/where.js';

/** Columns with fewer lost cells than this share are not filled: too few to move a model. */
const minShare = 0.01;
const maxColumns = 20;

/**
 * Candidates, each a hypothesis: trees keep nulls as a branch of their own, so a fill may gain nothing and a null may
 * be worth more than the word or number that hid it. A structural null is right as it is and is left alone.
 */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  return [
    ...(await outageRepairs(study, evidence, run)),
    ...nullDisguised(study, evidence),
    ...(await fillMedian(study, evidence, run)),
  ];
}

function nullDisguised(study: Study, evidence: Evidence): readonly Repair[] {
  const found = evidence.findings.filter((f) => f.code === 'missing.disguised');
  const verbs = found.flatMap(({ args }) => nullVerb(study, args) ?? []);
  if (verbs.length === 0) return [];
  const columns = new Set(found.map(({ args }) => argText(args['column'])));
  const units = found.reduce((sum, { args }) => sum + Number(args['cells']), 0);
  const title = `null every disguised value of ${said([...columns])}`;
  return [{ id: 'null-disguised', title, plan: planOf('missing', 'missing.disguised', ...verbs), units }];
}

function nullVerb(study: Study, args: Finding['args']): Verb | null {
  const column = columnOf(study.train, args['column']);
  if (column === null) return null;
  const { spellings } = args;
  if (Array.isArray(spellings)) {
    const lookup = spellings.map((s) => [text(String(s)), text(null)] as const);
    return { verb: 'map-column', column: column.name, lookup, other: 'keep' };
  }
  const rule = marked(column, args);
  if (rule === null) return null;
  return { verb: 'set-cell', column: column.name, where: { rule }, to: expr.literal(column.type, null) };
}

async function fillMedian(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const worth = evidence.findings.filter((f) => f.code === 'missing.null' && Number(f.args['share']) >= minShare);
  const verbs: Verb[] = [];
  const columns: string[] = [];
  let units = 0;
  for (const { args } of worth.slice(0, maxColumns)) {
    const column = columnOf(study.train, args['column']);
    const to = column === null ? null : await medianConstant(study, column, [], run);
    if (column === null || to === null) continue;
    verbs.push({ verb: 'set-cell', column: column.name, where: { rule: { isNull: expr.col(column.name) } }, to });
    columns.push(column.name);
    units += Number(args['cells']);
  }
  if (verbs.length === 0) return [];
  const plan = planOf('missing', 'missing.null', ...verbs);
  return [{ id: 'fill-median', title: `fill nulls of ${said(columns)} with the median`, plan, units }];
}

/** A few names for a title. */
function said(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
