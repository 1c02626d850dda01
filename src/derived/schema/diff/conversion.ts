import type { Expr, Literal, TypeName, Verb } from '../../../core/plan.js';
import type { SchemaColumn } from '../schema.js';
import type { Renamed } from './vocabulary.js';
import { expr } from '../../../core/plan.js';
import { typeKind } from '../../../dataset/sql/type-kinds.js';
import { isMomentShape, isNumberShape } from '../../text-shape.js';
import { kindOf } from './known.js';

/** How values of a column of A are made values of its column in B. */
export interface Conversion {
  /** In order, on A's name. */
  readonly verbs: readonly Verb[];
  /** Why there is no way, as the rest of a sentence; null where there is one. */
  readonly refused: string | null;
}

/** Nearly all values must have the form: the rest falls to null, and `apply` counts it. */
const readable = 0.99;

/** Multiplies by the factor, writes renamed values anew, and gives the column the type it has in B. */
export function conversion(a: SchemaColumn, b: SchemaColumn, factor: number, renamed: readonly Renamed[]): Conversion {
  if (renamed.length > 0) return recoded(a, b, renamed);
  if (factor !== 1) return scaled(a, b, factor);
  if (a.type === b.type) return { verbs: [], refused: null };
  const refused = whyNot(a, b);
  return { verbs: refused === null ? [{ verb: 'cast-column', column: a.name, to: b.type }] : [], refused };
}

function recoded(a: SchemaColumn, b: SchemaColumn, renamed: readonly Renamed[]): Conversion {
  const isSame = a.type === b.type;
  const written = new Set(renamed.map(({ from }) => from));
  // Where the type changes too, a value that keeps its text must be written down as well.
  const kept = isSame ? [] : (a.seen.levels ?? []).filter(([value]) => !written.has(value));
  const known = new Set((b.seen.levels ?? []).map(([value]) => value));
  const pairs = [
    ...renamed.map(({ from, to }) => [from, to] as const),
    ...kept.flatMap(([v]) => (known.has(v) ? [[v, v] as const] : [])),
  ];
  const lookup = pairs.map(([from, to]): readonly [Literal, Literal] => [
    { type: a.type, text: from },
    { type: b.type, text: to },
  ]);
  return { verbs: [{ verb: 'map-column', column: a.name, lookup, other: isSame ? 'keep' : 'null' }], refused: null };
}

function scaled(a: SchemaColumn, b: SchemaColumn, factor: number): Conversion {
  const { name: column } = a;
  const times = (by: number): Expr => ({
    op: by >= 1 ? '*' : '/',
    args: [expr.col(column), expr.double(by >= 1 ? by : Math.round(1 / by))],
  });
  const cast = (from: TypeName, to: TypeName): readonly Verb[] =>
    from === to ? [] : [{ verb: 'cast-column', column, to }];
  return {
    verbs: [
      ...cast(a.type, 'DOUBLE'),
      { verb: 'map-column', column, as: times(factor), inverse: times(1 / factor) },
      ...cast('DOUBLE', b.type),
    ],
    refused: null,
  };
}

/** Least and greatest of the whole-number types. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  TINYINT: [-128, 127],
  SMALLINT: [-32_768, 32_767],
  INTEGER: [-2_147_483_648, 2_147_483_647],
  BIGINT: [-(2 ** 63), 2 ** 63],
  UTINYINT: [0, 255],
  USMALLINT: [0, 65_535],
  UINTEGER: [0, 4_294_967_295],
  UBIGINT: [0, 2 ** 64],
};

/** Why values of A cannot be cast to the type of B without a loss; null where they can. */
function whyNot(a: SchemaColumn, b: SchemaColumn): string | null {
  const [from, to] = [kindOf(a.type), kindOf(b.type)];
  const said = `${a.type} values cannot become ${b.type}`;
  if (from === 'number' && to === 'number') return numberFault(a, b);
  if (from === 'boolean' && to === 'number') return null;
  if (to === 'text') return from === 'list' || from === 'other' ? said : null;
  if (from === 'text') {
    const fits = to === 'number' ? isNumberShape : to === 'moment' ? isMomentShape : null;
    if (to === 'boolean') return (a.seen.levels ?? []).every(([v]) => /^(true|false)$/i.test(v)) ? null : said;
    if (fits === null) return said;
    const share = (a.seen.shapes ?? []).reduce((sum, [shape, part]) => sum + (fits(shape) ? part : 0), 0);
    return share >= readable ? null : `${said}: only ${Math.round(100 * share)}% of the texts read as one`;
  }
  if (from === 'moment' && to === 'moment') return null;
  return `${said}: no verb of a plan does that`;
}

function numberFault({ seen, type }: SchemaColumn, b: SchemaColumn): string | null {
  if (typeKind(b.type) !== 'integer') return null;
  const quantiles = seen.quantiles ?? [];
  if (typeKind(type) !== 'integer' && !quantiles.every(Number.isInteger))
    return `${type} values have decimals that ${b.type} would round away`;
  const [low, high] = bounds[b.type] ?? [-Infinity, Infinity];
  const isInside = quantiles.length === 0 || (quantiles[0]! >= low && quantiles.at(-1)! <= high);
  return isInside ? null : `values up to ${quantiles.at(-1)!} do not fit ${b.type}`;
}

/** True where every value of the one type is a value of the other, so that readers of it need no change. */
export function isWider(from: TypeName, to: TypeName): boolean {
  if (from === to || to === 'DOUBLE') return from === to || typeKind(from) === 'integer' || from === 'FLOAT';
  const [a, b] = [bounds[from], bounds[to]];
  return a !== undefined && b !== undefined && b[0] <= a[0] && b[1] >= a[1];
}
