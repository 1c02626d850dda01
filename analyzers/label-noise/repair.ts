import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Expr, ListRef, Verb, Where } from '../../src/core/plan.js';
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
 * What could undo it: without the hot slices or with half their weight; without, with half the weight of, or with the
 * other label for the most suspect positives. Each is a hypothesis: dropping the most doubted positives also drops the most informative ones.
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
  const rules = named.flatMap((one): readonly Expr[] => {
    const slice = resolveSlice(one, study.train, study.roles);
    return slice === null ? [] : [sliceRule(slice)];
  });
  if (rules.length === 0) return [];
  const units = evidence.findings
    .filter((finding) => finding.code === 'label-noise.hot-slice')
    .reduce((sum, finding) => sum + Number(finding.args['rows']), 0);
  const treated = (id: string, does: string, strength: number, verb: (where: Where) => Verb): Repair => {
    const verbs = rules.map((rule) => verb({ rule }));
    const title = `${does} ${nameOfSlices(named)}`;
    return { id, title, plan: planOf('label-noise', id, ...verbs), units, strength };
  };
  // A row of a slice may be right: half its weight is the other answer to the same doubt.
  const half = treated('halve-hot-cells', 'Halve the weight of the rows of', 0.5, (where) => {
    return { verb: 'weight-row', where, factor: 0.5 };
  });
  const drop = treated('drop-hot-cells', 'Drop the rows of', 1, (where) => ({ verb: 'drop-row', where }));
  return [{ ...drop, others: [half] }];
}

/** What is done to which share of the positives, most suspect first. */
interface Recipe {
  readonly id: (percent: number) => string;
  readonly title: (percent: number) => string;
  /** The share it is offered at, then those the chain may try. */
  readonly shares: readonly [number, ...number[]];
  readonly verb: (keys: ListRef, label: Label) => Verb;
}

const dropShares = [0.1, 0.05, 0.15] as const;

const recipes: readonly Recipe[] = [
  {
    id: (percent) => `drop-suspects-${percent}`,
    title: (percent) => `Drop the ${percent}% most suspect positives`,
    shares: dropShares,
    verb: (keys) => ({ verb: 'drop-row', where: { keys } }),
  },
  {
    id: (percent) => (percent === 20 ? 'weight-suspects' : `weight-suspects-${percent}`),
    title: (percent) => `Halve the weight of the ${percent}% most suspect positives`,
    shares: [0.2, 0.1, 0.3],
    verb: (keys) => ({ verb: 'weight-row', where: { keys }, factor: 0.5 }),
  },
  {
    id: (percent) => `relabel-suspects-${percent}`,
    title: (percent) => `Relabel the ${percent}% most suspect positives`,
    shares: [0.3, 0.15],
    verb: (keys, { column, negative }) => ({
      verb: 'set-label',
      where: { keys },
      to: { lit: { type: column.type, text: negative } },
    }),
  },
];

const byOtherDays: Recipe = {
  id: (percent) => `drop-suspects-${percent}-day-folds`,
  title: (percent) => `Drop the ${percent}% most suspect positives, judged by models of other days`,
  shares: dropShares,
  verb: (keys) => ({ verb: 'drop-row', where: { keys } }),
};

async function suspects(study: Study, run: Run): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  const byUser = await givenRows(study, await outOfFold(study, run, { folds: 'user' }), run);
  for (const recipe of recipes) repairs.push(await onSuspects(recipe, byUser, study, run));
  if (study.roles.time === null) return repairs;
  const byDays = await givenRows(study, await outOfFold(study, run, { folds: 'days' }), run);
  return [...repairs, await onSuspects(byOtherDays, byDays, study, run)];
}

async function onSuspects(recipe: Recipe, given: Given, study: Study, run: Run): Promise<Repair> {
  const all = mostSuspect(given, 1);
  const offered: Repair[] = [];
  for (const share of recipe.shares) offered.push(await onShare(recipe, share, given, all, study, run));
  const [first, ...others] = offered;
  return { ...first!, others };
}

/** On the first `share` of the rows, which come most suspect first. */
async function onShare(
  recipe: Recipe,
  share: number,
  given: Given,
  all: Int32Array,
  study: Study,
  run: Run,
): Promise<Repair> {
  const rows = all.slice(0, Math.ceil(share * all.length));
  const percent = Math.round(100 * share);
  const id = recipe.id(percent);
  const list = tableName('label_noise', id, study.train.name, run.random.path);
  await run.engine.put(
    list,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from(rows, (row) => given.keys[row]!) },
      { name: 'copy', type: 'INTEGER', values: new Int32Array(rows.length) },
    ],
    run,
  );
  const step = recipe.verb({ list, of: study.whole.hash }, study.roles.label!);
  const plan = planOf('label-noise', id, step);
  return { id, title: recipe.title(percent), plan, units: rows.length, strength: share };
}
