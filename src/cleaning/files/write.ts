import type { Json } from '../../core/evidence.js';
import type { Plan } from '../../core/plan.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import type { CleanedSink } from './cleaned-sink.js';
import type { CleanedRows, Counts, FileStamp, Manifest, StoredList } from './manifest.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { AssayError } from '../../core/errors.js';
import { compilePlan } from '../../dataset/sql/plan/compile.js';
import { keyNames, quarantineQuery } from '../../dataset/sql/plan/files.js';
import { withReadStep, withoutTexts } from '../../dataset/sql/plan/texts.js';
import { checkCounts } from './check-counts.js';
import { countChanges } from './count-changes.js';
import { keyRangesOf } from './key-ranges.js';
import { checkLists, storeLists } from './lists.js';
import { fileNames } from './manifest.js';
import { setForGood } from './set-for-good.js';
import { stagedFolder } from './staged-folder.js';
import { stampOf } from './stamp.js';
import { writeRows } from './write-rows.js';

/** What goes into the folder as it is. */
export interface CleaningExtra {
  /** Text of `recipe.yaml`, or how it is made once the keyed lists lie beside it; the plan alone by default. */
  readonly recipe?: string | ((lists: readonly StoredList[]) => string);
  /** Content of `proof.json`; the file is left out where it is absent. */
  readonly proof?: Json;
  /** How the cleaned rows are written; one Parquet file where absent. */
  readonly sink?: CleanedSink;
}

/**
 * Cleans `study.whole` by a plan into a new folder: `cleaned.parquet` (no key columns; also `.csv`,
 * `.jsonl` or a folder of files), `quarantine.parquet` and
 * `quarantine-columns.parquet` (source values), `changes.parquet`, the keyed lists, recipe, proof and, last,
 * `manifest.json`. Together they give the original back bit for bit, and the cell texts where it was a text file.
 * Row steps hit training rows only.
 * All files are written beside and renamed once; on any error or abort nothing is left.
 * @throws AssayError `plan-refused`, `output-exists`, `output-unwritable`, `disk-full`, `interrupted`.
 */
export async function writeCleaned(
  study: Study,
  plan: Plan,
  folder: string,
  run: Run,
  extra: CleaningExtra = {},
): Promise<Manifest> {
  const typed = await checkLists(plan, study.whole, run);
  const { dialect } = run.engine;
  const compiled = compilePlan(study.whole, typed, { roles: study.roles, dialect, scope: 'train-rows' });
  refuseSkipped(compiled);
  const kept = { ...study, whole: withoutTexts(study.whole, setForGood(typed, compiled)) };
  return stagedFolder(folder, run.signal, async (staging) => {
    const rows = await writeRows(compiled, extra.sink ?? { format: 'parquet', orParquet: false }, staging, run);
    const counts = await writeTables(kept, typed, compiled, rows, staging, run);
    const lists = await storeLists(typed, staging, run);
    const recipe = extra.recipe ?? ((stored) => stringify({ plan: typed, lists: stored }));
    await writeFile(join(staging, fileNames.recipe), typeof recipe === 'string' ? recipe : recipe(lists));
    if (extra.proof !== undefined) await writeFile(join(staging, fileNames.proof), toJson(extra.proof));
    const manifest = await manifestOf(kept, typed, compiled, rows, counts, lists, staging, extra, run);
    await writeFile(join(staging, fileNames.manifest), toJson(manifest));
    return manifest;
  });
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A list of another file would silently do nothing; replay is where steps may be left out. */
function refuseSkipped(compiled: Compiled): void {
  const step = compiled.skipped[0];
  if (step !== undefined) {
    throw new AssayError('plan-refused', { step, reason: 'its keyed list belongs to another source' });
  }
}

async function writeTables(
  study: Study,
  plan: Plan,
  compiled: Compiled,
  rows: CleanedRows,
  staging: string,
  run: Run,
): Promise<Counts> {
  const { engine } = run;
  const { whole } = study;
  const names = keyNames(whole.columns);
  const sink = (name: string) => ({ kind: 'parquet', path: join(staging, name) }) as const;
  const sorted = !compiled.inOrder;
  const cleaned = rows.files.reduce((sum, file) => sum + file.rows, 0);
  const quarantine = await engine.write(
    quarantineQuery(compiled.quarantine, whole.columns, names, sorted, engine.dialect),
    sink(fileNames.quarantine),
    run,
  );
  if (compiled.quarantineColumns !== null) {
    const dropped = whole.columns.filter((c) => compiled.dropped.includes(c.id));
    const query = quarantineQuery(compiled.quarantineColumns, dropped, names, sorted, engine.dialect);
    await engine.write(query, sink(fileNames.quarantineColumns), run);
  }
  const log = withReadStep(compiled, whole, engine.dialect);
  const changes = await engine.write(log.changes, sink(fileNames.changes), run);
  const { steps, copies } = await countChanges(plan, join(staging, fileNames.changes), changes.rows, staging, run);
  const counts = { cleaned, quarantine: quarantine.rows, copies, changes: changes.rows, steps };
  checkCounts(counts, whole.rows);
  return counts;
}

async function manifestOf(
  study: Study,
  plan: Plan,
  compiled: Compiled,
  rows: CleanedRows,
  counts: Counts,
  lists: readonly StoredList[],
  staging: string,
  extra: CleaningExtra,
  run: Run,
): Promise<Manifest> {
  const { whole, roles } = study;
  const stored = [
    ...rows.files.map((file) => file.name),
    fileNames.quarantine,
    ...(compiled.dropped.length > 0 ? [fileNames.quarantineColumns] : []),
    fileNames.changes,
    fileNames.recipe,
    ...(extra.proof === undefined ? [] : [fileNames.proof]),
    ...lists.map((l) => l.file),
  ];
  const files: Record<string, FileStamp> = {};
  for (const name of stored) files[name] = await stampOf(join(staging, name), run.signal);
  return {
    manifest: '1',
    source: {
      hash: whole.hash,
      files: study.files.filter((f) => f.role === 'train').map((f) => f.name),
      rows: whole.rows,
      keys: await keyRangesOf(whole, run),
      columns: whole.columns.map(({ id, name, type }) => ({ id, name, type })),
      label: roles.label?.column.id ?? null,
      weight: roles.weight?.id ?? null,
      ...(whole.texts === undefined ? {} : { texts: whole.texts.columns }),
    },
    plan,
    effects: compiled.effects,
    rows,
    cleaned: compiled.columns,
    dropped: compiled.dropped,
    pairs: withReadStep(compiled, whole, run.engine.dialect).pairs,
    keyNames: keyNames(whole.columns),
    counts,
    lists,
    files,
  };
}
