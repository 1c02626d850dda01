import type { Step } from '../../core/plan.js';
import type { RowKey } from '../../core/relation.js';
import type { Manifest } from '../files/manifest.js';
import { AssayError } from '../../core/errors.js';

/** What to undo; everything where nothing is named. One at a time. */
export interface UndoOptions {
  /** Ids of the steps; several where one builds on another. */
  readonly step?: number | readonly number[];
  /** Every step of a defect. */
  readonly defect?: string;
  /** The cell entries and column verbs of a column, under any name it had. */
  readonly column?: string;
  /** The row and cell entries of one row; column verbs stay. A key, or `file:row`, both from 0. */
  readonly key?: RowKey | string;
}

/** Steps to leave out whole, and the row whose entries are left out of the others. */
export interface Selection {
  readonly steps: readonly number[];
  readonly key: RowKey | null;
}

/** What the options name; null for everything. @throws AssayError `option-invalid`, `undo-refused`. */
export function selectionOf(manifest: Manifest, options: UndoOptions): Selection | null {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return null;
  if (given.length > 1) {
    const value = given.map(([name]) => `--${name}`).join(' ');
    throw new AssayError('option-invalid', {
      option: 'undo',
      value,
      expected: 'one of --step, --defect, --column, --key',
    });
  }
  if (options.key !== undefined) return { steps: [], key: rowKeyOf(options.key, manifest) };
  const steps = manifest.plan.steps.filter((step) => isSelected(step, manifest, options)).map((step) => step.id);
  const forGood = manifest.plan.steps.find((s) => steps.includes(s.id) && s.irreversible !== undefined);
  if (forGood !== undefined) {
    const reason = `step ${forGood.id} cannot be taken back: ${forGood.irreversible}`;
    throw new AssayError('undo-refused', { reason });
  }
  if (steps.length > 0) return { steps, key: null };
  throw new AssayError('undo-refused', {
    reason: `no step of this cleaning has the ${given[0]![0]} ${JSON.stringify(given[0]![1])}`,
  });
}

function isSelected(step: Step, manifest: Manifest, { step: id, defect, column }: UndoOptions): boolean {
  if (id !== undefined) return [id].flat().includes(step.id);
  if (defect !== undefined) return step.defect === defect;
  const ids = idsNamed(column!, manifest);
  return manifest.effects.some((e) => e.step === step.id && e.column !== null && ids.has(e.column));
}

function idsNamed(name: string, manifest: Manifest): ReadonlySet<string> {
  const columns = [...manifest.source.columns, ...manifest.cleaned].filter((c) => c.name === name).map((c) => c.id);
  const then = manifest.effects.filter((e) => e.name === name).map((e) => e.column!);
  return new Set([...columns, ...then]);
}

function rowKeyOf(key: RowKey | string, manifest: Manifest): RowKey {
  const value = typeof key === 'bigint' ? key : parseKey(key);
  const known = manifest.source.keys.some((r) => value >= BigInt(r.first) && value < BigInt(r.first) + BigInt(r.rows));
  if (!known) throw new AssayError('undo-refused', { reason: `the source has no row ${String(key)}` });
  return value;
}

function parseKey(text: string): RowKey {
  const match = /^(?:(\d+):)?(\d+)$/.exec(text);
  if (match === null) {
    throw new AssayError('option-invalid', {
      option: '--key',
      value: text,
      expected: 'a row key, or file:row, both from 0',
    });
  }
  return (BigInt(match[1] ?? 0) << 40n) + BigInt(match[2]!);
}
