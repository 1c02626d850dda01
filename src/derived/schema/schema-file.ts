import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Schema, SchemaColumn } from './schema.js';
import { AssayError } from '../../core/errors.js';
import { nearest } from '../../core/nearest.js';
import { parseYaml, type YamlFile } from '../../core/yaml-file.js';
import { isAdmitted, scalarTypes } from '../../dataset/sql/plan/type-names.js';
import { quantileCount } from './schema.js';

const share = z.number().min(0, 'expected a share from 0 to 1').max(1, 'expected a share from 0 to 1');
const says = <T extends z.ZodType>(type: T, description: string): T => type.describe(description);
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const levels = z.array(z.tuple([text, share]));

const portrait = z.strictObject({
  nulls: share,
  distinct: z.int().nonnegative(),
  quantiles: z.array(z.number()).length(quantileCount, `expected ${quantileCount} numbers`).optional(),
  levels: levels.optional(),
  shapes: levels.optional(),
});

const roles = [
  'label',
  'time',
  'user',
  'item',
  'position',
  'group',
  'weight',
  'domain',
  'key',
  'feature',
  'excluded',
] as const;

const column = z.strictObject({
  name: z.string().min(1, 'a column needs a name'),
  type: says(z.string(), 'BIGINT, DOUBLE, VARCHAR, TIMESTAMP, DOUBLE[] …'),
  role: z.enum(roles, `expected one of ${roles.join(', ')}`).default('feature'),
  unit: says(z.string().optional(), 'what one of it is; a change of it is told'),
  environments: says(z.array(z.string()).min(1).optional(), 'where it is there; everywhere without it'),
  presence: says(share.default(0), 'least share of rows that hold a value'),
  range: says(
    z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
    'least and greatest number; null is no limit',
  ),
  values: says(z.array(text).min(1).optional(), 'every value there is'),
  length: says(
    z.tuple([z.int().nonnegative(), z.int().nonnegative()]).optional(),
    'least and greatest length of a list',
  ),
  sparse: says(text.optional(), 'a value that stands in nearly all rows'),
  fill: says(text.optional(), 'what older data without the column is filled with'),
  seen: says(portrait.default({ nulls: 0, distinct: 0 }), 'the data it was made from; nothing is checked against it'),
});

const shape = z.strictObject({
  version: z.literal(1, { error: ({ input }) => `version ${JSON.stringify(input)} is not known; this is version 1` }),
  made: z.strictObject({ assay: z.string(), rows: z.int().nonnegative() }).default({ assay: '', rows: 0 }),
  environments: z.array(z.string()).min(1).default(['training', 'serving']),
  columns: z.array(column).min(1, 'a schema has at least one column'),
});

const keys: readonly string[] = [shape, column, portrait].flatMap((object) => Object.keys(object.shape));

/** The type of a schema file, by zod's own inference of what the transforms give. */
const schemaFile: z.ZodType<Schema> = shape;

/**
 * Reads a schema file.
 * @throws AssayError `file-not-found`, or `config-invalid` as {@link parseSchema} does.
 */
export async function readSchema(file: string): Promise<Schema> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: file }, { cause });
  });
  return parseSchema(file, content);
}

/**
 * Parses the text of a schema file; `file` is for messages.
 * @throws AssayError `config-invalid` with line, column and the nearest valid name: YAML faults, unknown keys, types or
 *   environments, columns named twice, ranges whose ends are the wrong way round.
 */
export function parseSchema(file: string, content: string): Schema {
  const yaml = parseYaml(file, content, schemaFile, keys);
  const { columns, environments } = yaml.value;
  const seen = new Map<string, number>();
  columns.forEach((one, i) => {
    const before = seen.get(one.name.toLowerCase());
    if (before !== undefined)
      throw yaml.fault(['columns', i, 'name'], `${JSON.stringify(one.name)} is named twice, or differs in case only`);
    seen.set(one.name.toLowerCase(), i);
    checkColumn(one, i, environments, yaml);
  });
  return yaml.value;
}

function checkColumn(one: SchemaColumn, i: number, environments: readonly string[], yaml: YamlFile<Schema>): void {
  const place = ['columns', i] as const;
  // Structured types can be carried; a plain word must be a type.
  if (/^[A-Za-z_]+$/.test(one.type) && !isAdmitted(one.type) && one.type !== 'HUGEINT')
    throw yaml.fault([...place, 'type'], unknown('type', one.type, scalarTypes));
  const strange = one.environments?.find((name) => !environments.includes(name));
  if (strange !== undefined)
    throw yaml.fault([...place, 'environments'], unknown('environment', strange, environments));
  for (const key of ['range', 'length'] as const) {
    const [low, high] = one[key] ?? [null, null];
    if (low !== null && high !== null && low > high)
      throw yaml.fault([...place, key], `the ${key} of ${JSON.stringify(one.name)} begins above its end`);
  }
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  const help = near === null ? `; they are: ${names.join(', ')}` : `, did you mean ${JSON.stringify(near)}?`;
  return `there is no ${what} ${JSON.stringify(name)}${help}`;
}

/** The JSON Schema (2020-12) of schema files, published with the package. */
export function schemaJsonSchema(): object {
  return { ...z.toJSONSchema(shape, { target: 'draft-2020-12', io: 'input' }), title: 'Assay schema, version 1' };
}
