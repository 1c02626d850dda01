import type { Query } from '../../core/engine.js';
import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { Change } from './diff/change.js';
import type { Schema, SchemaColumn } from './schema.js';
import { breachCounts, breachFlags, type CellRule } from '../../dataset/sql/shapes/rule-breaches.js';
import { isNumeric } from '../../dataset/sql/type-kinds.js';
import { wilson } from '../../stats/proportion.js';
import { isWider } from './diff/conversion.js';
import { diffSchemas } from './diff/diff.js';
import { inferSchema } from './infer.js';

/** What of a data set breaks a rule of its schema. */
export interface Checked {
  /** Columns the schema has and the data has not. */
  readonly missing: readonly SchemaColumn[];
  /** Columns of the data the schema does not know, by name. */
  readonly strange: readonly string[];
  /** Columns of a type that the schema's type does not hold. */
  readonly types: readonly { readonly column: string; readonly expected: string; readonly found: string }[];
  /** Renamed, swapped, in another unit or spelling, compared with the data the schema was made from. */
  readonly changes: readonly Change[];
  readonly cells: readonly CellBreach[];
  readonly rows: number;
}

export interface CellBreach {
  readonly rule: CellRule;
  readonly cells: number;
}

/** Checks the training rows against a schema, as data of one of its environments. */
export async function checkSchema(schema: Schema, environment: string, study: Study, run: Run): Promise<Checked> {
  const expected = schema.columns.filter(({ environments }) => environments?.includes(environment) ?? true);
  const { train } = study;
  const found = await inferSchema(study, run);
  const { changes } = diffSchemas({ ...schema, columns: expected }, found);
  const pairs = expected.flatMap((rule) => {
    const column = train.columns.find(({ name }) => name === rule.name);
    return column === undefined ? [] : [{ rule, column }];
  });
  const rules = pairs.flatMap(({ rule, column }) => cellRules(rule, column));
  const [counts = {}] =
    rules.length === 0 ? [] : await run.engine.rows(breachCounts(train, rules, run.engine.dialect), 1, run);
  const breaches = rules.map((rule, i): CellBreach => ({ rule, cells: Number(counts[`n${i}`] ?? 0) }));
  const known = new Set(schema.columns.map(({ name }) => name));
  return {
    missing: expected.filter(({ name }) => !train.columns.some((column) => column.name === name)),
    strange: train.columns.map(({ name }) => name).filter((name) => !known.has(name)),
    types: pairs.flatMap(({ rule, column }) => {
      const isEmpty = emptyIn(found, column.name);
      const fits = rule.type === column.type || isWider(column.type, rule.type) || isEmpty;
      return fits ? [] : [{ column: rule.name, expected: rule.type, found: column.type }];
    }),
    changes,
    cells: breaches.filter((breach) => isBreach(breach, train.rows)),
    rows: train.rows,
  };
}

function emptyIn({ columns }: Schema, name: string): boolean {
  return columns.find((column) => column.name === name)?.seen.nulls === 1;
}

/** The cells that break a rule in the form of `Flagged`; those that may be empty sometimes are not named. */
export function flaggedBreaches(study: Study, { cells }: Checked, code: (rule: CellRule) => string, run: Run): Query {
  const named = cells.filter(({ rule }) => rule.kind !== 'presence' || rule.presence === 1);
  return breachFlags(
    study.train,
    named.map(({ rule }) => ({ rule, code: code(rule) })),
    run.engine.dialect,
  );
}

/** The rules of a column that each cell keeps or breaks. */
function cellRules(rule: SchemaColumn, column: Column): readonly CellRule[] {
  const { presence, range, values, length } = rule;
  return [
    ...(presence > 0 ? [{ kind: 'presence', column, presence } as const] : []),
    ...(range !== undefined && isNumeric(column.type) ? [{ kind: 'range', column, range } as const] : []),
    ...(values === undefined ? [] : [{ kind: 'values', column, values } as const]),
    ...(length !== undefined && column.type.endsWith('[]') ? [{ kind: 'length', column, length } as const] : []),
  ];
}

/** Every cell counts, except where some may be empty: then more must be than chance allows. */
function isBreach({ rule, cells }: CellBreach, rows: number): boolean {
  if (rule.kind !== 'presence' || rule.presence === 1) return cells > 0;
  return wilson(rows - cells, rows, 0.999).high < rule.presence;
}
