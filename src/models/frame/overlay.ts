import type { Relation } from '../../core/relation.js';
import type { Plan } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import type { Feature, Study } from '../../core/study.js';
import type { AlteredCells } from '../../dataset/sql/shapes/frame-rows.js';
import type { Compiled, Scope } from '../../dataset/sql/plan/compiled.js';
import type { Frame, Overlay } from './frame.js';
import { AssayError } from '../../core/errors.js';
import { Part } from '../../core/relation.js';
import { compilePlan } from '../../dataset/sql/plan/compile.js';
import { alteredRows } from '../../dataset/sql/shapes/frame-rows.js';
import { createDraft, draftReader, finishDraft, type OverlayDraft } from './overlay-draft.js';
import { shared } from './shared.js';

/** The frame as it is: all rows of parts train and tuning. */
export function asIs(frame: Frame): Overlay {
  let count = 0;
  for (const part of frame.part) if (isTraining(part)) count++;
  const rows = shared.ints(count);
  const label = shared.bytes(count);
  const weight = frame.weight === null ? null : shared.floats(count);
  for (let row = 0, at = 0; row < frame.rows; row++) {
    if (!isTraining(frame.part[row]!)) continue;
    rows[at] = row;
    label[at] = frame.label[row]!;
    if (weight !== null) weight[at] = frame.weight![row]!;
    at++;
  }
  return { columns: new Map(), masked: [], rows, label, weight, touched: 0 };
}

/** Rows on which an overlay's steps may act: training rows (feature steps: all), scored rows only, or all. */
export type OverlayScope = 'train-rows' | 'serve' | 'all';

/**
 * The frame under a plan. The plan is compiled and only touched columns are read and binned with the frame's edges and
 * levels. Which scored rows count and their labels never change, whatever the plan says of them.
 *
 * @throws AssayError `plan-refused` where the plan does not compile, or where it adds a column, which a model with the
 *   frame's columns cannot learn from.
 */
export async function overlayOf(
  frame: Frame,
  study: Study,
  plan: Plan,
  scope: OverlayScope,
  run: Run,
): Promise<Overlay> {
  const draft = createDraft(frame, scope === 'serve');
  const whole = compile(study.whole, plan, study, scope === 'train-rows' ? 'train-rows' : 'all', run);
  refuseAdded(whole, study.whole, plan);
  await read(whole, 0, draft, study, run);
  if (study.split?.by === 'test-file') {
    const test = compile(study.evaluation!, plan, study, scope === 'train-rows' ? 'features' : 'all', run);
    await read(test, study.whole.rows, draft, study, run);
  }
  const live = new Set(whole.columns.map((column) => column.id));
  const dropped = frame.columns.flatMap(({ feature }, c) => (live.has(feature.column.id) ? [] : [c]));
  return finishDraft(draft, asIs(frame), dropped);
}

function compile(relation: Relation, plan: Plan, study: Study, scope: Scope, run: Run): Compiled {
  return compilePlan(relation, plan, { roles: study.roles, dialect: run.engine.dialect, scope });
}

async function read(compiled: Compiled, firstRow: number, draft: OverlayDraft, study: Study, run: Run): Promise<void> {
  const columns = new Map(compiled.columns.map((column) => [column.id, column]));
  const cells = study.roles.features.flatMap((feature): [Feature, { id: string; type: string }][] => {
    const column = columns.get(feature.column.id);
    return column?.touched === true ? [[feature, column]] : [];
  });
  const weight = compiled.weight === null ? null : columns.get(compiled.weight)!;
  const query: AlteredCells = { result: compiled.result, weight, cells };
  const features = cells.map(([feature]) => feature);
  const reader = draftReader(draft, firstRow, features);
  for await (const batch of run.engine.batches(alteredRows(query, study.roles.label!, run.engine.dialect), run))
    reader(batch);
}

function refuseAdded(compiled: Compiled, relation: Relation, plan: Plan): void {
  const known = new Set([...relation.columns.map((column) => column.id), compiled.weight]);
  const added = compiled.columns.find((column) => !known.has(column.id));
  if (added === undefined) return;
  const step = plan.steps.findLast(({ verb }) => verb === 'add-column');
  const reason = `it adds the column ${JSON.stringify(added.name)}, and the built-in model learns from the columns of the training file only`;
  throw new AssayError('plan-refused', { step: step?.id ?? 0, reason });
}

function isTraining(part: number): boolean {
  return part === Part.train || part === Part.tuning;
}
