import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { AssayError } from '../core/errors.js';

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
    readonly key?: readonly string[] | undefined;
    readonly exclude?: readonly string[] | undefined;
  };
  readonly defects: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
}

const schema: z.ZodType<Config> = z.strictObject({
  roles: z
    .strictObject({
      label: z.string(),
      positive: z.union([z.string(), z.number(), z.boolean()]).transform(String),
      time: z.string(),
      user: z.string(),
      item: z.string(),
      position: z.string(),
      group: z.string(),
      weight: z.string(),
      key: columns,
      exclude: columns,
    })
    .partial()
    .default({}),
  defects: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).default({}),
});

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const at = fault.linePos?.[0] ?? { line: 1, col: 1 };
    throw new AssayError('config-invalid', {
      path: file,
      line: at.line,
      column: at.col,
      reason: firstLine(fault.message),
    });
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = (issue?.path ?? []).filter((p) => typeof p !== 'symbol');
  const node = document.getIn(where, true);
  const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  const at = lines.linePos(offset);
  const reason = `${where.join('.')}: ${issue?.message ?? 'not valid'}`;
  throw new AssayError('config-invalid', { path: file, line: at.line, column: at.col, reason });
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

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
