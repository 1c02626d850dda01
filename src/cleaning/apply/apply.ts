import type { TableName } from '../../core/engine.js';
import type { Plan } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { CleanedFormat } from '../files/cleaned-sink.js';
import type { Counts } from '../files/manifest.js';
import type { ReadRecipe } from '../recipe/parse.js';
import type { Recipe } from '../recipe/recipe.js';
import type { TableManifest } from '../tables/manifest.js';
import type { Fitted, Rows } from './fit.js';
import type { InputOptions } from './open-input.js';
import type { StepFit } from './step-fit.js';
import { AssayError } from '../../core/errors.js';
import { isFeatureStep } from '../../core/plan.js';
import { isClickHouse, parseAddress } from '../../dataset/engines/clickhouse/address.js';
import { cleanedSink } from '../files/cleaned-sink.js';
import { writeCleaned } from '../files/write.js';
import { stepsOf } from '../recipe/recipe.js';
import { openTable } from '../tables/open-table.js';
import { refuseUnable } from '../tables/refuse-unable.js';
import { refuseTaken, targetOf } from '../tables/target.js';
import { writeTables } from '../tables/write.js';
import { fitSteps } from './fit.js';
import { openInput } from './open-input.js';
import { openLists } from './recipe-lists.js';
import { setApart } from './set-apart.js';
import { fits, isApplied } from './step-fit.js';

export interface ApplyOptions extends InputOptions {
  /** `train`: every step; `serve`: the feature map alone, as scored rows need no label and lose no row. */
  readonly rows: Rows;
  /** True where a step that does not fit is an error. */
  readonly strict: boolean;
  /** How the cleaned rows are written; as the data is where absent. */
  readonly write?: CleanedFormat | 'input';
  /** Name of the table, where they are written as `duckdb`, or where the data is a table. */
  readonly table?: string;
  /** Columns that identify a row, where the data is a table. */
  readonly key?: readonly string[];
  /** Folder of the recipe, where its keyed lists lie. */
  readonly folder: string;
}

/** What an application did. */
export interface Applied {
  readonly rows: { readonly source: number; readonly cleaned: number; readonly quarantine: number };
  readonly changes: number;
  /** Where the rows lie, where the data is a table. */
  readonly tables?: TableManifest['tables'];
  readonly steps: readonly StepFit[];
  /** What to know about it, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Replays a recipe on new data into a new folder, like a cleaning: cleaned, quarantine, changes and manifest, so that it
 * can be undone. Of a table on a server, the first three are tables there, which the server makes itself. Rules are evaluated anew with the constants of the recipe; nothing is fitted. Steps that do not fit
 * the data are left out and told.
 * @throws AssayError `plan-refused` where no step fits, or with `strict` where one does not; and what
 *   {@link writeCleaned} or {@link writeTables} throws.
 */
export async function applyRecipe(
  read: ReadRecipe,
  data: string,
  out: string,
  options: ApplyOptions,
  run: Run,
): Promise<Applied> {
  if (isClickHouse(data)) return applyToTable(read, parseAddress(data), out, options, run);
  const { recipe, text } = read;
  const study = await openInput(data, recipe, { ...inputOf(options) }, run);
  const fitted = await fitRecipe(study, recipe, options, run);
  const sink = await cleanedSink(data, options.write ?? 'input', run, options.table);
  const plan: Plan = { version: 1, steps: fitted.kept };
  const { counts } = await writeCleaned(fitted.study, plan, out, run, { recipe: text, sink });
  return appliedOf(read, fitted, counts);
}

async function applyToTable(
  read: ReadRecipe,
  { database, table }: TableName,
  out: string,
  options: ApplyOptions,
  run: Run,
): Promise<Applied> {
  const { write = 'input', table: asked, key = [] } = options;
  if (write !== 'input')
    throw new AssayError('option-invalid', {
      option: '--write',
      value: write,
      expected: 'nothing here: a table is cleaned into tables of its server',
    });
  const source = { database, table };
  const target = targetOf(source, asked);
  await refuseTaken(target, run);
  const opened = await openTable(source, key, read.recipe, run);
  const steps = stepsOf(read.recipe).filter((step) => options.rows === 'train' || isFeatureStep(step));
  refuseUnable(steps, opened.study.whole, key);
  const fitted = await fitRecipe(opened.study, read.recipe, options, run);
  const plan: Plan = { version: 1, steps: fitted.kept };
  const written = await writeTables({ ...opened, study: fitted.study }, plan, target, out, run, read.text);
  return { ...appliedOf(read, fitted, written.counts), tables: written.tables };
}

/** The steps of a recipe that fit, and the rows it may change. */
interface FittedRecipe extends Fitted {
  readonly study: Study;
  /** Exceptions of the recipe that name rows of other data. */
  readonly elsewhere: number;
}

async function fitRecipe(opened: Study, recipe: Recipe, options: ApplyOptions, run: Run): Promise<FittedRecipe> {
  const { study, elsewhere } = await setApart(opened, recipe, run);
  const steps = stepsOf(recipe);
  await openLists(options.folder, steps, study.whole.hash, run);
  const compile = { roles: study.roles, dialect: run.engine.dialect, scope: 'train-rows' } as const;
  const fitted = await fitSteps(study.whole, steps, options.rows, compile, run);
  refuseUnfit(fitted.fits, options.strict);
  return { ...fitted, study, elsewhere };
}

function appliedOf(read: ReadRecipe, { study, fits: found, elsewhere }: FittedRecipe, counts: Counts): Applied {
  return {
    rows: { source: study.whole.rows, cleaned: counts.cleaned, quarantine: counts.quarantine },
    changes: counts.changes,
    steps: found,
    notices: noticesOf(read, found, elsewhere),
  };
}

function inputOf({ encoding, header, cache }: ApplyOptions): InputOptions {
  return {
    cache,
    ...(encoding === undefined ? {} : { encoding }),
    ...(header === undefined ? {} : { header }),
  };
}

function refuseUnfit(found: readonly StepFit[], strict: boolean): void {
  const unfit = found.find((fit) => !fits(fit));
  if (unfit === undefined) return;
  const nothing = found.every((fit) => !isApplied(fit));
  if (!strict && !nothing) return;
  const reason = nothing
    ? `${unfit.reason}; no step of the recipe fits this data`
    : `${unfit.reason}; with --strict every step must fit`;
  throw new AssayError('plan-refused', { step: unfit.step, reason });
}

function noticesOf(read: ReadRecipe, found: readonly StepFit[], elsewhere: number): readonly string[] {
  const unfit = found.filter((fit) => !fits(fit)).length;
  return [
    ...(read.edited ? ['The recipe was edited since Assay wrote it.'] : []),
    ...(found.length === 0 ? ['The recipe has no steps; the values were written as they are.'] : []),
    ...(unfit > 0 ? [`${unfit} of ${found.length} steps do not fit this data.`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} exceptions name rows of other data and were not used.`] : []),
  ];
}
