import type { Batch, Vector } from '../../core/engine.js';
import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Label, Roles, Study } from '../../core/study.js';
import type { Codes, Frame, FrameColumn } from './frame.js';
import { AssayError } from '../../core/errors.js';
import { frameRows } from '../../dataset/sql/shapes/frame-rows.js';
import { binValues } from './bin-values.js';
import { learnBinning } from './learn-binning.js';
import { needCodes } from './level-bins.js';
import { shared } from './shared.js';
import { findTwins } from './twins.js';

/**
 * Reads a study into memory, binned: the rows of `study.whole` in key order, then those of a test file of the user's.
 * Edges and levels come from the as-is training rows. An un-split study gives a frame whose rows are all training rows.
 * Null weights count as 1. Kept for the run: whoever asks for the same study gets the same frame.
 */
export function buildFrame(study: Study, run: Run): Promise<Frame> {
  const features = study.roles.features.map(({ column, kind }) => `${column.id}:${kind}`);
  const parts = [study.whole.name, study.train.name, study.evaluation?.name ?? '', ...features];
  return run.memo(`frame ${parts.join(' ')}`, () => {
    const { label } = study.roles;
    if (label === null) throw new AssayError('role-missing', { role: 'label' });
    return read(study, label, run);
  });
}

/** The same for a model of something else than the label: a study without one gives a frame whose labels are all 0. */
export function buildFeatureFrame(study: Study, run: Run): Promise<Frame> {
  if (study.roles.label !== null) return buildFrame(study, run);
  const features = study.roles.features.map(({ column, kind }) => `${column.id}:${kind}`);
  return run.memo(`feature-frame ${study.whole.name} ${features.join(' ')}`, () => read(study, null, run));
}

async function read(study: Study, label: Label | null, run: Run): Promise<Frame> {
  const { roles } = study;
  const columns = await learnBinning(study.train, roles.features, run);
  const relations = study.split?.by === 'test-file' ? [study.whole, study.evaluation!] : [study.whole];
  const rows = relations.reduce((sum, relation) => sum + relation.rows, 0);
  const frame = emptyFrame(rows, columns, roles);
  const units = unitsOf(roles);
  let at = 0;
  for (const relation of relations) at = await readRelation(relation, roles, label, frame, units, at, run);
  if (at !== rows) throw new AssayError('internal', { message: `a relation of ${rows} rows gave ${at}` });
  return { ...frame, units: units.count(), twins: findTwins(frame) };
}

function emptyFrame(rows: number, columns: readonly FrameColumn[], roles: Roles): Frame {
  const stride = Math.ceil(columns.length / 8) * 8;
  return {
    rows,
    stride,
    bins: shared.bytes(rows * stride),
    columns,
    label: shared.bytes(rows),
    weight: roles.weight === null ? null : shared.floats(rows),
    keys: shared.keys(rows),
    part: shared.bytes(rows),
    unit: shared.ints(rows),
    units: rows,
    time: roles.time === null ? null : shared.doubles(rows),
    codes: emptyCodes(rows, columns),
    twins: null,
  };
}

function emptyCodes(rows: number, columns: readonly FrameColumn[]): ReadonlyMap<number, Codes> {
  const codes = new Map<number, Codes>();
  columns.forEach(({ binning }, c) => {
    if (binning.kind === 'levels' && needCodes(binning.codes.size))
      codes.set(c, { of: shared.ints(rows), levels: binning.codes.size });
  });
  return codes;
}

/** Numbers sampling units as they first appear; a row without one is a unit of its own. */
interface Units {
  readonly of: (name: string | null) => number;
  readonly count: () => number;
}

function unitsOf(roles: Roles): Units {
  const numbers = new Map<string, number>();
  const named = (roles.user ?? roles.group) !== null;
  let count = 0;
  return {
    of: (name) => {
      if (!named || name === null) return count++;
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, count);
      return count++;
    },
    count: () => count,
  };
}

async function readRelation(
  relation: Relation,
  roles: Roles,
  label: Label | null,
  frame: Frame,
  units: Units,
  start: number,
  run: Run,
): Promise<number> {
  const scratch = new Uint8Array(1 << 16);
  let at = start;
  for await (const batch of run.engine.batches(frameRows(relation, roles, label, run.engine.dialect), run)) {
    if (at + batch.rows > frame.rows)
      throw new AssayError('internal', { message: 'a relation has grown while it was read' });
    readRows(batch, frame, units, at);
    readBins(batch, frame, at, scratch.length >= batch.rows ? scratch : new Uint8Array(batch.rows));
    at += batch.rows;
  }
  return at;
}

function readRows(batch: Batch, frame: Frame, units: Units, at: number): void {
  const by = new Map<string, Vector>(batch.columns.map((vector) => [vector.name, vector]));
  frame.keys.set(by.get('k')!.values as BigInt64Array, at);
  frame.part.set(by.get('part')!.values as Int32Array, at);
  frame.label.set(by.get('y')!.values as Int32Array, at);
  const weight = by.get('w');
  if (frame.weight !== null && weight !== undefined)
    for (let i = 0; i < batch.rows; i++) frame.weight[at + i] = numberAt(weight, i, 1);
  const time = by.get('t');
  if (frame.time !== null && time !== undefined)
    for (let i = 0; i < batch.rows; i++) frame.time[at + i] = numberAt(time, i, Number.NaN);
  const names = by.get('u')?.values as readonly (string | null)[] | undefined;
  for (let i = 0; i < batch.rows; i++) frame.unit[at + i] = units.of(names?.[i] ?? null);
}

function numberAt(vector: Vector, i: number, otherwise: number): number {
  const value = (vector.values as Float64Array)[i]!;
  return (vector.valid !== null && vector.valid[i] === 0) || Number.isNaN(value) ? otherwise : value;
}

function readBins(batch: Batch, frame: Frame, at: number, scratch: Uint8Array): void {
  const first = batch.columns.length - frame.columns.length;
  frame.columns.forEach(({ binning }, c) => {
    binValues(binning, batch.columns[first + c]!, scratch, frame.codes.get(c)?.of.subarray(at, at + batch.rows));
    let cell = at * frame.stride + c;
    for (let i = 0; i < batch.rows; i++) {
      frame.bins[cell] = scratch[i]!;
      cell += frame.stride;
    }
  });
}
