import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AssayError } from '../core/errors.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import { wantedEncodings } from '../models/encoding/choose-encoding.js';
import { parseYaml } from '../core/yaml-file.js';

const columns = z.union([z.string(), z.array(z.string())]).transform((v) => (typeof v === 'string' ? [v] : v));

/** `assay.yaml`: roles, and options of defects by their id. */
export interface Config {
  readonly roles: {
    readonly label?: string | undefined;
    readonly positive?: string | undefined;
    readonly time?: string | undefined;
    readonly user?: string | undefined;
    readonly item?: string | undefined;
    readonly position?: string | undefined;
    readonly group?: string | undefined;
    readonly weight?: string | undefined;
    readonly domain?: string | undefined;
    readonly key?: readonly string[] | undefined;
    readonly exclude?: readonly string[] | undefined;
  };
  /** Days in which labels arrive. */
  readonly maturity?: number | undefined;
  /** How ids with more values than bins reach the model. */
  readonly 'id-encoding'?: WantedEncoding | undefined;
  /** A second model: what `--trainer` and its options say. A list of words needs no quoting. */
  readonly trainer?: TrainerConfig | undefined;
  readonly defects: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
}

export interface TrainerConfig {
  readonly command: string | readonly string[];
  readonly name?: string | undefined;
  readonly time?: string | undefined;
  readonly memory?: string | undefined;
}

const roles = z
  .strictObject({
    label: z.string(),
    positive: z.union([z.string(), z.number(), z.boolean()]).transform(String),
    time: z.string(),
    user: z.string(),
    item: z.string(),
    position: z.string(),
    group: z.string(),
    weight: z.string(),
    domain: z.string(),
    key: columns,
    exclude: columns,
  })
  .partial();

const schema: z.ZodType<Config> = z.strictObject({
  roles: roles.default({}),
  maturity: z.number().nonnegative().optional(),
  'id-encoding': z.enum(wantedEncodings).optional(),
  trainer: z
    .strictObject({
      command: z.union([z.string(), z.array(z.string()).min(1)]),
      name: z.string().optional(),
      time: z.string().optional(),
      memory: z.string().optional(),
    })
    .optional(),
  defects: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).default({}),
});

const keys = ['roles', 'maturity', 'id-encoding', 'trainer', 'defects', ...Object.keys(roles.shape)];

/**
 * Reads the config file named, or `assay.yaml` in the folder of the data or the current one; an empty config where
 * there is none.
 *
 * @throws AssayError `file-not-found` for a named file that is absent, `config-invalid` with line and column.
 */
export async function readConfig(named: string | undefined, train: string): Promise<Config> {
  const file = named ?? (await firstExisting([path.join(path.dirname(train), 'assay.yaml'), 'assay.yaml']));
  if (file === null) return schema.parse({});
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: file }, { cause });
  });
  return parseConfig(file, text);
}

/** Parses the text of a config file; `file` is for messages. */
export function parseConfig(file: string, text: string): Config {
  return parseYaml(file, text, schema, keys).value;
}

async function firstExisting(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (exists) return file;
  }
  return null;
}
