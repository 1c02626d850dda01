import type { ReadRecipe } from '../recipe/parse.js';
import type { Run } from '../../core/run.js';
import type { InputOptions } from './open-input.js';
import type { Rows } from './fit.js';
import type { StepFit } from './step-fit.js';
import { AssayError } from '../../core/errors.js';
import type { CleanedFormat } from '../files/cleaned-sink.js';
import { cleanedSink } from '../files/cleaned-sink.js';
import { writeCleaned } from '../files/write.js';
import { stepsOf } from '../recipe/recipe.js';
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
  /** Name of the table, where they are written as `duckdb`. */
  readonly table?: string;
  /** Folder of the recipe, where its keyed lists lie. */
  readonly folder: string;
}

/** What an application did. */
export interface Applied {
  readonly rows: { readonly source: number; readonly cleaned: number; readonly quarantine: number };
  readonly changes: number;
  readonly steps: readonly StepFit[];
  /** What to know about it, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Replays a recipe on new data into a new folder, like a cleaning: cleaned, quarantine, changes and manifest, so that it
 * can be undone. Rules are evaluated anew with the constants of the recipe; nothing is fitted. Steps that do not fit
 * the data are left out and told.
 * @throws AssayError `plan-refused` where no step fits, or with `strict` where one does not; and what
 *   {@link writeCleaned} throws.
 */
export async function applyRecipe(
  read: ReadRecipe,
  data: string,
  out: string,
  options: ApplyOptions,
  run: Run,
): Promise<Applied> {
  const { recipe, text } = read;
  const opened = await openInput(data, recipe, { ...inputOf(options) }, run);
  const { study, elsewhere } = await setApart(opened, recipe, run);
  const steps = stepsOf(recipe);
  await openLists(options.folder, steps, study.whole.hash, run);
  const compile = { roles: study.roles, dialect: run.engine.dialect, scope: 'train-rows' } as const;
  const { kept, fits: found } = await fitSteps(study.whole, steps, options.rows, compile, run);
  refuseUnfit(found, options.strict);
  const sink = await cleanedSink(data, options.write ?? 'input', run, options.table);
  const { counts, source } = await writeCleaned(study, { version: 1, steps: kept }, out, run, {
    recipe: text,
    sink,
  });
  return {
    rows: { source: source.rows, cleaned: counts.cleaned, quarantine: counts.quarantine },
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
