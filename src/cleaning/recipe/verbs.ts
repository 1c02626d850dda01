import { z } from 'zod';
import type { PlanVerb } from './recipe.js';
import { nearest } from '../../core/nearest.js';
import { exprSchema, literal } from './expressions.js';

/** The fields each verb takes, beside id, code and irreversible; one of the alternatives, whole. */
const fields = {
  'drop-row': [['where']],
  'repeat-row': [['where', 'times']],
  'weight-row': [['where', 'factor']],
  'set-cell': [
    ['column', 'where', 'to'],
    ['column', 'list'],
  ],
  'set-label': [['where', 'to'], ['list']],
  'drop-column': [['column']],
  'add-column': [['column', 'type', 'as']],
  'rename-column': [['column', 'to']],
  'cast-column': [['column', 'to']],
  'map-column': [
    ['column', 'as'],
    ['column', 'as', 'inverse'],
    ['column', 'lookup', 'other'],
  ],
} as const satisfies Record<PlanVerb['verb'], readonly (readonly string[])[]>;

const verbs = Object.keys(fields) as (keyof typeof fields)[];

/** Names of relations reach the engine as they are, so only plain ones are let in. */
const list = z.strictObject({
  list: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a list has letters, digits and _ only'),
  of: z.string(),
  type: z.string().exactOptional(),
});

const where = z
  .strictObject({
    rule: exprSchema.exactOptional(),
    keys: list.exactOptional(),
    all: z.literal(true).exactOptional(),
  })
  .refine((w) => Object.keys(w).length === 1, 'give one of rule, keys, all');

const isText = (value: unknown): boolean => typeof value === 'string';

/** One verb of a plan. Which fields go with which verb is checked after their kinds. */
export const verbSchema: z.ZodType<PlanVerb> = z
  .strictObject({
    id: z.int().min(1).max(500_000),
    code: z.string(),
    irreversible: z.string().min(1).exactOptional(),
    verb: z.enum(verbs, { error: ({ input }) => unknownVerb(input) }),
    where: where.exactOptional(),
    times: z.int().min(2).max(4096).exactOptional(),
    factor: z.number().min(0).exactOptional(),
    column: z.string().exactOptional(),
    list: list.exactOptional(),
    type: z.string().exactOptional(),
    // A name or type for rename and cast, an expression for the others.
    to: z.union([z.string(), exprSchema], 'give a name, a type or an expression').exactOptional(),
    as: exprSchema.exactOptional(),
    inverse: exprSchema.exactOptional(),
    lookup: z.array(z.tuple([literal, literal])).exactOptional(),
    other: z.union([z.enum(['keep', 'null']), literal], 'give keep, null or a literal').exactOptional(),
  })
  .superRefine((verb, context) => {
    const given = Object.keys(verb).filter((key) => !['id', 'code', 'irreversible', 'verb'].includes(key));
    const forms: readonly (readonly string[])[] = fields[verb.verb];
    const whole = forms.some((form) => form.length === given.length && form.every((key) => given.includes(key)));
    if (!whole) {
      const foreign = given.find((key) => !forms.some((form) => form.includes(key)));
      const message = `${verb.verb} takes ${forms.map((form) => form.join(' + ')).join(', or ')}`;
      context.addIssue({ code: 'custom', path: [foreign ?? 'verb'], message });
    } else if (verb.to !== undefined && isText(verb.to) !== isNamed(verb.verb)) {
      const message = `${verb.verb} takes ${isNamed(verb.verb) ? 'a text' : 'an expression'} here`;
      context.addIssue({ code: 'custom', path: ['to'], message });
    }
    // The fields were just checked against the verb, which the type of the object cannot say.
  }) as unknown as z.ZodType<PlanVerb>;

/** Names of the fields of a verb, for suggestions. */
export const verbKeys: readonly string[] = [
  'id',
  'code',
  'irreversible',
  'verb',
  'rule',
  'keys',
  'all',
  'list',
  'of',
  ...new Set(Object.values(fields).flat(2)),
];

function isNamed(verb: PlanVerb['verb']): boolean {
  return verb === 'rename-column' || verb === 'cast-column';
}

function unknownVerb(input: unknown): string {
  const near = nearest(String(input), verbs);
  const help = near === null ? `one of ${verbs.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
  return `unknown verb ${JSON.stringify(input)}, ${help}`;
}
