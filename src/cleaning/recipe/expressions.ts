import { z } from 'zod';
import type { Expr, Literal } from '../../core/plan.js';

/** A typed constant: a text (null for SQL null), or the bits of a float. */
export const literal: z.ZodType<Literal> = z
  .strictObject({
    type: z.string(),
    text: z.string().nullable().exactOptional(),
    bits: z.string().exactOptional(),
  })
  .refine((l) => (l.text === undefined) !== (l.bits === undefined), 'give either text or bits')
  // The refinement says what the type of the object cannot.
  .refine(
    (l) => l.bits === undefined || l.type === 'DOUBLE' || l.type === 'FLOAT',
    'only DOUBLE and FLOAT have bits',
  ) as unknown as z.ZodType<Literal>;

/** The keys of each kind of expression, whole and in order. */
const kinds = [
  'col',
  'lit',
  'args op',
  'args cmp',
  'in list',
  'isNull',
  'isNaN',
  'keyedHash',
  'and',
  'or',
  'not',
  'else then when',
];

/** All keys an expression may have, for suggestions. */
export const exprKeys: readonly string[] = [
  ...new Set(kinds.flatMap((kind) => kind.split(' '))),
  'type',
  'text',
  'bits',
];

/** An expression. One object with every key, so that a fault deep inside is told at its own place. */
export const exprSchema: z.ZodType<Expr> = z
  .lazy(() => anyExpr)
  .refine(isOneKind, `an expression is one of: ${kinds.join('; ')}`) as unknown as z.ZodType<Expr>;

const anyExpr = z.strictObject({
  col: z.string().exactOptional(),
  lit: literal.exactOptional(),
  op: z.enum(['+', '-', '*', '/']).exactOptional(),
  cmp: z.enum(['=', '<', '<=', '>', '>=']).exactOptional(),
  get args() {
    return z.tuple([exprSchema, exprSchema]).exactOptional();
  },
  get in() {
    return exprSchema.exactOptional();
  },
  list: z.array(literal).exactOptional(),
  get isNull() {
    return exprSchema.exactOptional();
  },
  get keyedHash() {
    return exprSchema.exactOptional();
  },
  get isNaN() {
    return exprSchema.exactOptional();
  },
  get and() {
    return z.array(exprSchema).exactOptional();
  },
  get or() {
    return z.array(exprSchema).exactOptional();
  },
  get not() {
    return exprSchema.exactOptional();
  },
  get when() {
    return exprSchema.exactOptional();
  },
  // A schema is never awaited.
  // oxlint-disable-next-line unicorn/no-thenable
  get then() {
    return exprSchema.exactOptional();
  },
  get else() {
    return exprSchema.exactOptional();
  },
});

function isOneKind(expr: object): boolean {
  return kinds.includes(Object.keys(expr).toSorted().join(' '));
}
