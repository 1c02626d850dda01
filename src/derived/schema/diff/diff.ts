import type { Verb } from '../../../core/plan.js';
import type { Schema, SchemaColumn } from '../schema.js';
import type { Change, SchemaDiff } from './change.js';
import type { Known } from './known.js';
import type { Rename } from './renames.js';
import { wilson } from '../../../stats/proportion.js';
import { conversion, isWider } from './conversion.js';
import { knownColumns, kindOf } from './known.js';
import { migrationPlan, type Moved } from './migration.js';
import { findRenames, sure } from './renames.js';
import { findSwaps, type Swap } from './swaps.js';
import { unitFactor } from './unit-factor.js';
import { matchVocabulary, type Vocabulary } from './vocabulary.js';

export interface DiffOptions {
  /** Names of A and what they are called in B, where somebody knows. */
  readonly renames?: Readonly<Record<string, string>>;
}

interface Base {
  readonly column: string;
  readonly to?: string;
}

/** A column of A with what it is in B. */
interface Pair {
  readonly a: SchemaColumn;
  readonly b: SchemaColumn;
}

/**
 * What became of the columns of A in B: renamed, swapped, in another unit, type or spelling; which of it readers of B can
 * take as it is, and the plan that makes data of A data of B. Names come first; where they fail, the portraits decide.
 */
export function diffSchemas(a: Schema, b: Schema, options: DiffOptions = {}): SchemaDiff {
  const [left, right] = [knownColumns(a), knownColumns(b)];
  const given = Object.entries(options.renames ?? {}).map(([from, to]): Rename => ({ from, to, confidence: 1 }));
  const isGiven = (name: string, side: 'from' | 'to'): boolean => given.some((r) => r[side] === name);
  const gone = left.filter(({ name }) => !named(right, name) && !isGiven(name, 'from'));
  const come = right.filter(({ name }) => !named(left, name) && !isGiven(name, 'to'));
  const renames = [...given, ...findRenames(gone, come)];
  const common = left.flatMap((one) => {
    const twin = named(right, one.name);
    return twin === undefined || isGiven(one.name, 'from') ? [] : [[one, twin] as const];
  });
  const swaps = findSwaps(common);
  const target = (name: string): string | undefined =>
    swaps.find((s) => s.from === name)?.to ??
    renames.find((r) => r.from === name && r.confidence >= sure)?.to ??
    (named(right, name) === undefined || isGiven(name, 'to') ? undefined : name);
  const pairs = a.columns.flatMap((column): Pair[] => {
    const to = target(column.name);
    const twin = b.columns.find((c) => c.name === to);
    return twin === undefined ? [] : [{ a: column, b: twin }];
  });
  const changes: Change[] = [...renames.map((r) => renamed(r, pairs)), ...swaps.map((s) => swapped(s, pairs))];
  const moved: Moved[] = [];
  for (const pair of pairs) {
    const of = compared(pair, named(left, pair.a.name)!, named(right, pair.b.name)!);
    changes.push(...of.changes);
    moved.push({ from: pair.a.name, to: pair.b.name, verbs: of.verbs });
  }
  const unmatched = a.columns.filter((column) => !pairs.some((pair) => pair.a.name === column.name));
  const added = b.columns.filter((column) => !pairs.some((pair) => pair.b.name === column.name));
  changes.push(...unmatched.map((column) => removed(column)), ...added.map(fresh));
  const refused = changes.filter((change) => change.refused !== undefined);
  const verdict =
    refused.length > 0
      ? 'breaking'
      : changes.some((change) => !change.compatible)
        ? 'migratable'
        : changes.length > 0
          ? 'compatible'
          : 'same';
  const plan =
    refused.length > 0
      ? null
      : migrationPlan(
          moved,
          unmatched.map((c) => c.name),
          added,
        );
  return { verdict, changes, plan };
}

function named(columns: readonly Known[], name: string): Known | undefined {
  return columns.find((column) => column.name === name);
}

function renamed({ from, to, confidence }: Rename, pairs: readonly Pair[]): Change {
  const base = { column: from, to, compatible: false, confidence } as const;
  if (pairs.some((pair) => pair.a.name === from && pair.b.name === to)) return { code: 'renamed', ...base };
  const refused = `${quoted(from)} may be what is now called ${quoted(to)}, but that is not sure; say so with --rename ${from}=${to}`;
  return { code: 'perhaps-renamed', ...base, refused };
}

function swapped({ from, to, confidence }: Swap, pairs: readonly Pair[]): Change {
  const back = pairs.find((pair) => pair.b.name === from)?.a.name ?? to;
  return { code: 'swapped', column: from, to, compatible: false, confidence, args: { back } };
}

/** What changed within a column, and the verbs that undo it. */
function compared(pair: Pair, left: Known, right: Known): { changes: readonly Change[]; verbs: readonly Verb[] } {
  const changes: Change[] = [];
  const { a: from, b: to } = pair;
  const base = { column: from.name, ...(from.name === to.name ? {} : { to: to.name }) };
  const unit = unitFactor(left, right);
  const words = vocabularyOf(left, right);
  const factor = unit?.factor ?? 1;
  const made = conversion(from, to, factor, words?.renamed ?? []);
  if (unit !== null) {
    const confidence = Number(Math.min(0.99, 1 - unit.distance).toFixed(2));
    changes.push({ code: 'unit', ...base, compatible: false, confidence, args: { factor, ...units(from, to) } });
  } else if (from.unit !== undefined && to.unit !== undefined && from.unit !== to.unit) {
    const refused = `${quoted(from.name)} was in ${from.unit} and is in ${to.unit}, and its numbers do not show by which factor`;
    changes.push({ code: 'unit', ...base, compatible: false, confidence: 0.5, args: units(from, to), refused });
  }
  if (from.type !== to.type) {
    const compatible = unit === null && (words?.renamed.length ?? 0) === 0 && isWider(from.type, to.type);
    const args = { from: from.type, to: to.type };
    const refused = made.refused === null ? {} : { refused: `${quoted(from.name)}: ${made.refused}` };
    changes.push({ code: 'type', ...base, compatible, confidence: 1, args, ...refused });
  }
  if (words !== null) changes.push(...worded(words, pair, base));
  changes.push(...limits(left, to, factor, base));
  const fill = filled(from, to);
  return { changes, verbs: [...made.verbs, ...fill] };
}

function units(from: SchemaColumn, to: SchemaColumn): Record<string, string> {
  return {
    ...(from.unit === undefined ? {} : { was: from.unit }),
    ...(to.unit === undefined ? {} : { is: to.unit }),
  };
}

/** What became of the values where both sides list them all; null where they do not, or nothing changed. */
function vocabularyOf(a: Known, b: Known): Vocabulary | null {
  const isText = kindOf(a.type) === 'text' || kindOf(b.type) === 'text';
  if (!isText || !isComplete(a) || !isComplete(b) || kindOf(a.type) === 'other' || kindOf(b.type) === 'other')
    return null;
  const found = matchVocabulary(a.seen.levels!, b.seen.levels!, a.held, b.held);
  return found.renamed.length + found.gone.length + found.come.length === 0 ? null : found;
}

function isComplete({ seen }: Known): boolean {
  return seen.levels !== undefined && seen.levels.length === seen.distinct;
}

function worded(words: Vocabulary, { a: from, b: to }: Pair, base: Base): readonly Change[] {
  const changes: Change[] = [];
  const targets = new Map<string, string[]>();
  for (const { from, to: value } of words.renamed) targets.set(value, [...(targets.get(value) ?? []), from]);
  const least = Math.min(...words.renamed.map((r) => r.confidence));
  const old = new Set((from.seen.levels ?? []).map(([value]) => value));
  const isMerged = ([value, were]: [string, string[]]): boolean => were.length > 1 || old.has(value);
  const merged = [...targets].filter(isMerged);
  const single = [...targets].filter((entry) => !isMerged(entry));
  if (single.length > 0)
    changes.push({
      code: 'values-renamed',
      ...base,
      compatible: false,
      confidence: least,
      args: { values: single.map(([value, were]) => [...were, value]) },
    });
  if (merged.length > 0)
    changes.push({
      code: 'values-merged',
      ...base,
      compatible: false,
      confidence: least,
      args: { values: merged.map(([value, were]) => [...were, value]) },
    });
  if (words.gone.length > 0) {
    const isClosed = to.values !== undefined && words.gone.some((value) => !to.values!.includes(value));
    const shown = words.gone.slice(0, 5).map(quoted).join(', ');
    const refused = `${quoted(base.column)} holds ${shown}, which the new vocabulary does not have, and no new value has the same share`;
    const args = { values: [...words.gone] };
    changes.push({
      code: 'values-gone',
      ...base,
      compatible: !isClosed,
      confidence: 1,
      args,
      ...(isClosed ? { refused } : {}),
    });
  }
  if (words.come.length > 0)
    changes.push({ code: 'values-new', ...base, compatible: true, confidence: 1, args: { values: [...words.come] } });
  return changes;
}

/** Rows of A may lie outside of what B allows. A few do by chance; a twentieth does not. */
function limits(a: Known, to: SchemaColumn, factor: number, base: Base): readonly Change[] {
  const changes: Change[] = [];
  const { quantiles, nulls } = a.seen;
  const [low, high] = to.range ?? [null, null];
  if (quantiles !== undefined && kindOf(a.type) === 'number' && kindOf(to.type) === 'number') {
    const [near, far] = [quantiles[1]! * factor, quantiles.at(-2)! * factor];
    if ((low !== null && near < low) || (high !== null && far > high)) {
      const refused = `a twentieth of ${quoted(base.column)} or more lies outside of ${low ?? '-∞'} to ${high ?? '∞'}, which the new schema allows`;
      changes.push({ code: 'range', ...base, compatible: false, confidence: 1, args: { low, high }, refused });
    }
  }
  const [short, long] = to.length ?? [0, Infinity];
  if (quantiles !== undefined && kindOf(a.type) === 'list' && (quantiles[1]! < short || quantiles.at(-2)! > long)) {
    const refused = `lists of ${quoted(base.column)} are ${quantiles[1]!} to ${quantiles.at(-2)!} long, and the new schema allows ${short} to ${long}`;
    changes.push({ code: 'length', ...base, compatible: false, confidence: 1, args: { short, long }, refused });
  }
  const least = wilson(Math.round(nulls * a.rows), a.rows).low;
  if (least > 1 - to.presence + 0.001 && to.fill === undefined) {
    const refused = `${quoted(base.column)} is empty in ${percent(nulls)} of the old rows, and the new schema allows ${percent(1 - to.presence)}; give it a fill, or a lower presence`;
    changes.push({
      code: 'presence',
      ...base,
      compatible: false,
      confidence: 1,
      args: { nulls, presence: to.presence },
      refused,
    });
  }
  return changes;
}

function filled(from: SchemaColumn, to: SchemaColumn): readonly Verb[] {
  if (to.fill === undefined || from.seen.nulls === 0) return [];
  const where = { rule: { isNull: { col: from.name } } };
  return [{ verb: 'set-cell', column: from.name, where, to: { lit: { type: to.type, text: to.fill } } }];
}

function removed({ name, role }: SchemaColumn): Change {
  return { code: 'removed', column: name, compatible: true, confidence: 1, args: { role } };
}

function fresh({ name, presence, fill, environments, role }: SchemaColumn): Change {
  const isNeeded = presence > 0 && fill === undefined && (environments?.includes('training') ?? true);
  const base = { code: 'added', column: name, compatible: !isNeeded, confidence: 1, args: { role, presence } } as const;
  if (!isNeeded) return base;
  const what = role === 'feature' ? '' : `, the ${role},`;
  const refused = `${quoted(name)}${what} is new and must hold a value in ${percent(presence)} of the rows, which old data has not; give it a fill or presence: 0 in the schema, or leave it out`;
  return { ...base, refused };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
