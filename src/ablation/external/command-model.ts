import type { Experiment, Scope } from '../experiment.js';
import type { ExternalCommand } from '../../models/external/command.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import type { Plan } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import type { SecondModel } from './second-model.js';
import { AssayError } from '../../core/errors.js';
import { compilePlan } from '../../dataset/sql/plan/compile.js';
import { tableName } from '../../dataset/sql/table-name.js';
import { testTable, trainTable } from '../../dataset/sql/shapes/model-tables.js';
import { trainExternal } from '../../models/external/train.js';

/** A user's command on the rows of an experiment: the same training rows, the same scored rows, its plans as tables. */
export async function commandModel(experiment: Experiment, command: ExternalCommand, run: Run): Promise<SecondModel> {
  const { study, frame, estimand } = experiment;
  const label = study.roles.label;
  if (label === null) throw new AssayError('role-missing', { role: 'label' });
  const sampled = estimand === 'thisTrainingSetAtN';
  const scored = await keepKeys('scored', frame.keys, experiment.scored, run);
  const trained = sampled ? await keepKeys('trained', frame.keys, (await experiment.asIs.overlay(0)).rows, run) : null;
  const { dialect } = run.engine;
  return {
    name: command.name,
    rows: experiment.trainRows,
    sampled,
    train: async (plan, scope, seed) => {
      const arm = tablesOf(experiment, plan, scope, run);
      const columns = featuresOf(experiment, arm.train);
      const weight = arm.train.columns.find((c) => c.id === arm.train.weight) ?? null;
      const training = { result: arm.train.result, columns: [...columns, ...(weight === null ? [] : [weight])] };
      return trainExternal(
        command,
        {
          train: trainTable({ ...training, keys: trained }, label, dialect),
          test: testTable(
            { result: arm.test.result, columns: featuresOf(experiment, arm.test), keys: scored },
            dialect,
          ),
          testRows: experiment.scored.length,
          seed,
          label: label.column.name,
          weight: weight?.name ?? null,
          features: columns.map(({ name, kind }) => ({ name, kind })),
        },
        run,
      );
    },
    close: async () => {
      for (const name of [scored, trained]) if (name !== null) await run.engine.drop(name, run);
    },
  };
}

async function keepKeys(what: string, keys: BigInt64Array, rows: Int32Array, run: Run): Promise<string> {
  const name = tableName('second', what, run.random.path);
  const values = BigInt64Array.from(rows, (row) => keys[row]!);
  await run.engine.put(name, [{ name: 'kept_k', type: 'BIGINT', values }], run);
  return name;
}

/** The plan over training and over evaluation rows; which scored rows count never changes. */
function tablesOf(
  { study }: Experiment,
  plan: Plan,
  scope: Scope,
  run: Run,
): { readonly train: Compiled; readonly test: Compiled } {
  const { roles } = study;
  const { dialect } = run.engine;
  const compile = (relation: typeof study.whole, some: Plan, how: 'train-rows' | 'features' | 'all'): Compiled =>
    compilePlan(relation, some, { roles, dialect, scope: how });
  const asIs: Plan = { version: 1, steps: [] };
  return {
    train: compile(study.whole, scope === 'serve' ? asIs : plan, scope === 'all' ? 'all' : 'train-rows'),
    test: compile(study.evaluation!, plan, scope === 'train-rows' ? 'features' : 'all'),
  };
}

interface ModelColumn {
  readonly id: string;
  readonly name: string;
  readonly kind: 'numeric' | 'categorical';
}

/** Features that live on under the plan, with the names they have then. */
function featuresOf({ study }: Experiment, { columns }: Compiled): readonly ModelColumn[] {
  return study.roles.features.flatMap(({ column: { id }, kind }) => {
    const live = columns.find((c) => c.id === id);
    return live === undefined ? [] : [{ id, name: live.name, kind }];
  });
}
