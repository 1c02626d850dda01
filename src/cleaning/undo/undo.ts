import type { Query } from '../../core/engine.js';
import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Roles } from '../../core/study.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import type { CleaningTables, Trace } from '../../dataset/sql/plan/original.js';
import type { Manifest } from '../files/manifest.js';
import type { Selection, UndoOptions } from './selection.js';
import { AssayError } from '../../core/errors.js';
import { compileSteps } from '../../dataset/sql/plan/compile.js';
import { namedQuery, nonFiniteQuery } from '../../dataset/sql/plan/files.js';
import { originalQuery } from '../../dataset/sql/plan/original.js';
import { readStep, textsQuery } from '../../dataset/sql/plan/texts.js';
import { entriesByStepQuery, orphanQuery, recordedSteps } from '../../dataset/sql/plan/recorded.js';
import { readManifest } from '../files/manifest.js';
import { stagedFile } from '../files/staged-folder.js';
import { closeCleaning, openCleaning, traceOf } from './open-cleaning.js';
import { selectionOf } from './selection.js';
import { noRoles } from '../../core/study.js';

/** What an undo did. */
export interface Undone {
  readonly rows: number;
  readonly columns: number;
  /** Steps taken back whole; all of them where everything was undone. */
  readonly steps: readonly number[];
  /** Entries of the log taken back. */
  readonly entries: number;
  /** Recorded changes of the other steps that found no row any more, because it was a copy of an undone repeat. */
  readonly orphans: number;
  /** What to know about the result, in sentences. */
  readonly says: readonly string[];
}

/**
 * Takes a cleaning back, whole or in part, into a new file (Parquet, CSV or JSONL by its ending). Reads only the
 * manifest and the files it stamps; no rule is evaluated. Whole: the source bit for bit, in key order; a source that
 * was text comes back as its cell texts in a file of that kind, as its values in any other. A part (step,
 * defect, column, row): as if that change had never been made and the others stood as they were recorded.
 * @throws AssayError `undo-refused` where a file was edited since or a later step builds on what is undone.
 */
export async function undo(folder: string, out: string, o: UndoOptions, run: Run): Promise<Undone> {
  const sink = sinkKind(out);
  const manifest = await readManifest(folder);
  const selection = selectionOf(manifest, o);
  const tables = await openCleaning(folder, manifest, run);
  try {
    const result =
      selection === null
        ? await wholeUndo(manifest, tables, sink, run)
        : await partUndo(manifest, selection, tables, run);
    if (sink === 'jsonl') await refuseNonFinite(result.query, result.columns, run);
    const query = namedQuery(result.query, result.columns, result.order, run.engine.dialect);
    const { rows } = await stagedFile(out, run.signal, (path) => run.engine.write(query, { kind: sink, path }, run));
    return { ...result.done, rows, columns: result.columns.length };
  } finally {
    await closeCleaning(tables, run);
  }
}

interface Result {
  readonly query: Query;
  readonly columns: readonly Column[];
  /** Columns of `query` to sort by; none where its rows come in order. */
  readonly order: readonly string[];
  readonly done: Omit<Undone, 'rows' | 'columns'>;
}

function sinkKind(out: string): 'parquet' | 'csv' | 'jsonl' {
  const kind = { parquet: 'parquet', csv: 'csv', jsonl: 'jsonl' } as const;
  const ending = out.slice(out.lastIndexOf('.') + 1).toLowerCase();
  if (ending in kind) return kind[ending as keyof typeof kind];
  throw new AssayError('option-invalid', {
    option: '--out',
    value: out,
    expected: 'a file ending in .parquet, .csv or .jsonl',
  });
}

async function wholeUndo(
  manifest: Manifest,
  tables: CleaningTables,
  sink: ReturnType<typeof sinkKind>,
  run: Run,
): Promise<Result> {
  const { dialect } = run.engine;
  const { columns, texts } = manifest.source;
  const values = originalQuery(traceOf(manifest), tables, dialect);
  const back = textsBack(texts, sink);
  const original =
    back === null ? values : textsQuery(values, columns, texts ?? [], tables.changes, manifest.pairs, back, dialect);
  const read = back === null ? (manifest.counts.steps[String(readStep)] ?? 0) : 0;
  const forGood = irreversibleSays(manifest);
  const done = {
    steps: manifest.plan.steps.filter((s) => s.irreversible === undefined).map((s) => s.id),
    entries: manifest.counts.changes - read,
    orphans: 0,
    says: forGood.length > 0 ? forGood : [wholeSays(texts !== undefined, back !== null)],
  };
  // Texts are no floats: what JSON cannot hold would have been no JSON before.
  const shown = back === null ? columns : columns.map((c) => ({ ...c, type: 'VARCHAR' }));
  return { query: original, columns: shown, order: original.inOrder ? [] : ['k'], done };
}

/** A sentence for each step that stays for good. */
function irreversibleSays(manifest: Manifest): readonly string[] {
  return manifest.plan.steps
    .filter((step) => step.irreversible !== undefined)
    .map((step) => `Step ${step.id} cannot be taken back, its cells stay as they are: ${step.irreversible}.`);
}

/**
 * Whether the cell texts come back. A CSV holds texts, so they do; in a JSONL they do where the source was one, its
 * numbers and lists as JSON. Every other file holds values.
 */
function textsBack(texts: Manifest['source']['texts'], sink: ReturnType<typeof sinkKind>): 'cells' | 'json' | null {
  if (texts === undefined || sink === 'parquet') return null;
  if (sink === 'csv') return 'cells';
  return texts.some((c) => c.json) ? 'json' : null;
}

function wholeSays(fromText: boolean, back: boolean): string {
  if (!fromText) return 'Every change was taken back; this is the source, row for row and bit for bit.';
  return back
    ? 'Every change was taken back; this is the source, row for row and cell text for cell text. Quoting, line ends and the encoding are normalised, and malformed lines stay set aside.'
    : 'Every change was taken back; these are the values that were read from the source. Its cell texts come back in a file that ends as the source does.';
}

async function partUndo(manifest: Manifest, selection: Selection, tables: CleaningTables, run: Run): Promise<Result> {
  const trace = traceOf(manifest);
  const compiled = compileRest(manifest, trace, selection, tables, run);
  const rest = manifest.plan.steps.filter((s) => !selection.steps.includes(s.id));
  const repeats = manifest.plan.steps.filter((s) => s.verb === 'repeat-row' && selection.steps.includes(s.id));
  const orphans = await run.engine.rows(
    orphanQuery(
      tables.changes,
      rest.map((s) => s.id),
      repeats.map((s) => s.id),
    ),
    1,
    run,
  );
  const entries = await entriesOf(manifest, selection, tables, run);
  const done = {
    steps: selection.steps,
    entries,
    orphans: Number(orphans[0]!['entries']),
    says: [...partSays, ...irreversibleSays(manifest)],
  };
  return { query: compiled.result, columns: compiled.columns, order: ['k', 'copy'], done };
}

const partSays = [
  'The other changes stand as they were recorded; no rule was evaluated again.',
  'A cell that a later step also set keeps the later value; a row whose drop was taken back has no changes of later rules.',
  'To have the rules evaluated without the step, remove it from the recipe and apply the recipe again; the two may differ.',
];

/** The steps that stay, applied to the source again as they were recorded. */
function compileRest(
  manifest: Manifest,
  trace: Trace,
  selection: Selection,
  tables: CleaningTables,
  run: Run,
): Compiled {
  const { dialect } = run.engine;
  const original = originalQuery(trace, tables, dialect);
  const { columns, rows, hash } = manifest.source;
  const relation: Relation = { name: `(${original.sql})`, columns, rows, split: false, hash };
  const without = (steps: readonly number[]): Compiled => {
    const rest = manifest.plan.steps.filter((s) => !steps.includes(s.id));
    const recorded = recordedSteps(rest, trace, tables.changes, manifest.source, selection.key);
    return compileSteps(relation, recorded, { roles: rolesOf(manifest), dialect, scope: 'all' });
  };
  try {
    return without(selection.steps);
  } catch (refused) {
    if (!(refused instanceof AssayError) || refused.code !== 'plan-refused') throw refused;
    throw refusal(refused as AssayError<'plan-refused'>, selection.steps, without);
  }
}

/** Says which steps build on what is undone: those that must go with it before the rest compiles again. */
function refusal(
  first: AssayError<'plan-refused'>,
  undone: readonly number[],
  compile: (steps: readonly number[]) => Compiled,
): AssayError {
  const together = [...undone, first.args.step];
  for (;;) {
    try {
      compile(together);
      break;
    } catch (next) {
      if (!(next instanceof AssayError) || next.code !== 'plan-refused') throw next;
      together.push((next as AssayError<'plan-refused'>).args.step);
    }
  }
  const steps = together.toSorted((a, b) => a - b).join(', ');
  const reason = `step ${first.args.step} builds on it (${first.args.reason}); undo the steps ${steps} together`;
  return new AssayError('undo-refused', { reason }, { cause: first });
}

async function entriesOf(manifest: Manifest, selection: Selection, tables: CleaningTables, run: Run): Promise<number> {
  const rows = await run.engine.rows(
    entriesByStepQuery(tables.changes, selection.key),
    manifest.plan.steps.length + 1,
    run,
  );
  const undone = (step: number): boolean =>
    selection.key === null ? selection.steps.includes(step) : step !== readStep && !isRetype(manifest, step);
  return rows.reduce((sum, row) => sum + (undone(Number(row['step'])) ? Number(row['entries']) : 0), 0);
}

/** Exceptions of a retype are entries too, but by row a column verb is not undone. */
function isRetype(manifest: Manifest, step: number): boolean {
  return manifest.effects.some((e) => e.step === step && e.kind === 'retype');
}

function rolesOf({ source }: Manifest): Roles {
  const column = (id: string | null): Column | null => source.columns.find((c) => c.id === id) ?? null;
  const label = column(source.label);
  return {
    ...noRoles,
    label: label === null ? null : { column: label, positive: '1', negative: '0' },
    weight: column(source.weight),
  };
}

/** JSON has no NaN and no infinity; the engine would write words that no parser reads. */
async function refuseNonFinite(query: Query, columns: readonly Column[], run: Run): Promise<void> {
  const count = nonFiniteQuery(query, columns);
  const rows = count === null ? [] : await run.engine.rows(count, 1, run);
  if (Number(rows[0]?.['rows'] ?? 0) > 0) {
    throw new AssayError('undo-refused', {
      reason: 'the rows hold NaN or infinities, which JSON cannot; choose .parquet or .csv',
    });
  }
}
