import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Policy } from '../gate/policy.js';
import { defects } from '../../analyzers/index.js';
import { packageFolder } from '../core/built-file.js';
import { AssayError } from '../core/errors.js';
import { parsePolicy } from '../gate/parse-policy.js';

/** Policies that ship with Assay, by name. */
export const shippedPolicies = ['default', 'strict', 'report-only'] as const;

/**
 * Reads a policy: a file, or the name of a shipped one. `today` decides which exemptions have expired.
 *
 * @throws AssayError `file-not-found`, `config-invalid`
 */
export async function readPolicy(named: string, today: Date): Promise<Policy> {
  const { file, text } = await find(named, process.cwd());
  return parsePolicy(file, text, {
    defects,
    today: today.toISOString().slice(0, 10),
    read: (name, from) => find(name, path.dirname(from)),
  });
}

/** A shipped policy by its name, else a file, relative to `folder`. */
async function find(name: string, folder: string): Promise<{ file: string; text: string }> {
  const shipped = shippedPolicies.some((policy) => policy === name);
  const file = shipped ? path.join(packageFolder, 'fixtures', 'policies', `${name}.yaml`) : path.resolve(folder, name);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: name }, { cause });
  });
  return { file: shipped ? `${name}.yaml` : path.relative(process.cwd(), file) || file, text };
}
