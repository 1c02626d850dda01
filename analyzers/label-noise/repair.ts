import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { ListRef, Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { Given } from './given.js';
import type { NamedSlice } from './named-slice.js';
import type { LabelNoiseOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { outOfFold } from '../../src/derived/out-of-fold.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { givenRows, mostSuspect } from './given.js';
import { sliceRule } from './literal.js';
import { nameOfSlices, resolveSlice, slicesIn } from './named-slice.js';

/**
 * What could undo it: without the hot slices; without, with half the weight of, or with the other label for the most
 * suspect positives. Each is a hypothesis: dropping the most doubted positives also drops the most informative ones.
 */
export async function repair(
  study: Study,
  evidence: Evidence,
  run: Run,
  options: LabelNoiseOptions,
): Promise<readonly Repair[]> {
  const called = evidence.findings.some((finding) => finding.severity !== 'note');
  const known = evidence.findings.every((finding) => finding.code !== 'label-noise.too-few');
  if (!known || !(called || options.always)) return [];
  return [...dropHotCells(study, slicesIn(evidence), evidence), ...(await suspects(study, run))];
}

function dropHotCells(study: Study, named: readonly NamedSlice[], evidence: Evidence): readonly Repair[] {
  const verbs = named.flatMap((one): readonly Verb[] => {
    const slice = resolveSlice(one, study.train, study.roles);
    return slice === null ? [] : [{ verb: 'drop-row', where: { rule: sliceRule(slice) } }];
  });
  if (verbs.length === 0) return [];
  const rows = evidence.findings
    .filter((finding) => finding.code === 'label-noise.hot-slice')
    .reduce((sum, finding) => sum + Number(finding.args['rows']), 0);
  return [
    {
      id: 'drop-hot-cells',
      title: `Drop the rows of ${nameOfSlices(named)}`,
      plan: planOf('label-noise', 'drop-hot-cells', ...verbs),
      units: rows,
    },
  ];
}

/** What is done to which share of the positives, most suspect first. */
interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly share: number;
  readonly verb: (keys: ListRef, label: Label) => Verb;
}

const recipes: readonly Recipe[] = [
  {
    id: 'drop-suspects-10',
    title: 'Drop the 10% most suspect positives',
    share: 0.1,
    verb: (keys) => ({ verb: 'drop-row', where: { keys } }),
  },
  {
    id: 'weight-suspects',
    title: 'Halve the weight of the 20% most suspect positives',
    share: 0.2,
    verb: (keys) => ({ verb: 'weight-row', where: { keys }, factor: 0.5 }),
  },
  {
    id: 'relabel-suspects-30',
    title: 'Relabel the 30% most suspect positives',
    share: 0.3,
    verb: (keys, { column, negative }) => ({
      verb: 'set-label',
      where: { keys },
      to: { lit: { type: column.type, text: negative } },
    }),
  },
];

const byOtherDays: Recipe = {
  id: 'drop-suspects-10-day-folds',
  title: 'Drop the 10% most suspect positives, judged by models of other days',
  share: 0.1,
  verb: (keys) => ({ verb: 'drop-row', where: { keys } }),
};

async function suspects(study: Study, run: Run): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  const byUser = await givenRows(study, await outOfFold(study, run, { folds: 'user' }), [], run);
  for (const recipe of recipes) repairs.push(await onSuspects(recipe, byUser, study, run));
  if (study.roles.time === null) return repairs;
  const byDays = await givenRows(study, await outOfFold(study, run, { folds: 'days' }), [], run);
  return [...repairs, await onSuspects(byOtherDays, byDays, study, run)];
}

async function onSuspects({ id, title, share, verb }: Recipe, given: Given, study: Study, run: Run): Promise<Repair> {
  const all = mostSuspect(given, 1);
  const rows = all.slice(0, Math.ceil(share * all.length));
  const list = tableName('label_noise', id, study.train.name, run.random.path);
  await run.engine.put(
    list,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from(rows, (row) => given.keys[row]!) },
      { name: 'copy', type: 'INTEGER', values: new Int32Array(rows.length) },
    ],
    run,
  );
  const step = verb({ list, of: study.whole.hash }, study.roles.label!);
  return { id, title, plan: planOf('label-noise', id, step), units: rows.length };
}
