import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { ImmatureTail, Split, Study } from '../core/study.js';
import type { Rule } from './sql/split-parts.js';
import { Part } from '../core/relation.js';
import { partCounts, partsOf, withParts } from './sql/split-parts.js';
import { chooseRule } from './split-rule.js';

/** Cells up to which the rows with their parts are kept in the engine rather than computed at each look. */
const keptCells = 20_000_000;

/**
 * Sets rows apart for evaluation, once: the user's test file, else the last 20% of rows by time, else 20% of users
 * (or groups, or rows) by a seeded hash; one third of them is inner, the rest outer. Of the training rows a tenth, by
 * user, is kept for tuning. Without a test file the youngest rows are left out where their labels are still
 * arriving.
 */
export async function splitStudy(study: Study, run: Run): Promise<Study> {
  const { rule, by, reason, immature } = await chooseRule(study, run);
  const whole = await partitioned(study, study.whole, rule, 'whole', run);
  const heldOut = study.test === null ? whole : await partitioned(study, study.test, rule, 'test', run);
  const counts = await countParts(study, study.test === null ? [whole] : [whole, heldOut], run);
  const train = await part(whole, 'train', [Part.train, Part.tuning], counts.rows.train + counts.rows.tuning, run);
  const evaluation = await part(
    heldOut,
    'evaluation',
    [Part.inner, Part.outer],
    counts.rows.inner + counts.rows.outer,
    run,
  );
  const unit = study.roles.user !== null ? 'user' : study.roles.group !== null ? 'group' : 'row';
  return {
    ...study,
    whole,
    train,
    evaluation,
    test: study.test === null ? null : heldOut,
    split:
      immature === undefined
        ? { by, reason, unit, ...counts }
        : { by, reason: `${reason} ${leftOutSentence(immature, counts.rows.leftOut)}`, unit, ...counts, immature },
  };
}

function leftOutSentence({ days, seen }: ImmatureTail, rows: number): string {
  const which = `The ${rows} rows of the last ${days} ${days === 1 ? 'day' : 'days'}`;
  if (seen === null) return `${which} are neither trained on nor scored: labels are said to arrive until then.`;
  return `${which} are neither trained on nor scored, since their labels are still arriving: ${percent(seen.rate)} of the youngest rows are positive, ${percent(seen.mature)} of those a week old and more.`;
}

async function partitioned(
  study: Study,
  relation: Relation,
  rule: Rule,
  as: 'whole' | 'test',
  run: Run,
): Promise<Relation> {
  const { engine } = run;
  const name = `${relation.name}_parts`;
  const query = withParts(relation, study.roles, rule, run.random.fork('split').path, as, engine.dialect);
  const kind = relation.rows * relation.columns.length <= keptCells ? 'table' : 'view';
  await engine.write(query, { kind, name }, run);
  return { ...relation, name, split: true };
}

async function part(
  relation: Relation,
  suffix: string,
  parts: readonly [number, number],
  rows: number,
  run: Run,
): Promise<Relation> {
  const name = `${relation.name}_${suffix}`;
  await run.engine.write(partsOf(relation, parts), { kind: 'view', name }, run);
  return { ...relation, name, rows };
}

const partNames = ['train', 'tuning', 'inner', 'outer', 'leftOut'] as const;

async function countParts(
  study: Study,
  relations: readonly Relation[],
  run: Run,
): Promise<Pick<Split, 'rows' | 'positives'>> {
  const rows = { train: 0, tuning: 0, inner: 0, outer: 0, leftOut: 0 };
  const positives = { ...rows };
  for (const relation of relations) {
    const query = partCounts(relation, study.roles.label, run.engine.dialect);
    for (const row of await run.engine.rows(query, partNames.length, run)) {
      const name = partNames[Number(row['part'])]!;
      rows[name] += Number(row['n']);
      positives[name] += Number(row['positives']);
    }
  }
  return { rows, positives };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
