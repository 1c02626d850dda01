import { readFileSync } from 'node:fs';
import { AssayError } from './errors.js';

/** The variables that hold the key of keyed hashes, or the path of a file with it. The key itself stands nowhere else. */
const variables = { key: 'ASSAY_HASH_KEY', file: 'ASSAY_HASH_KEY_FILE' } as const;
const fewestBytes = 16;

/** Whether there is a key to hash with. */
export function hasHashKey(): boolean {
  return (process.env[variables.key] ?? process.env[variables.file] ?? '') !== '';
}

/**
 * The key of keyed hashes, from the environment or from a file that it names; null where neither is set.
 * @throws AssayError `option-invalid` where it is short, or where the file cannot be read.
 */
export function hashKey(): Buffer | null {
  if (!hasHashKey()) return null;
  const key = Buffer.from(process.env[variables.key] ?? fileText(process.env[variables.file] ?? ''));
  if (key.length >= fewestBytes) return key;
  throw new AssayError('option-invalid', {
    option: variables.key,
    value: `${key.length} bytes`,
    expected: `a secret of at least ${fewestBytes} bytes`,
  });
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    const expected = 'the path of a file with the key';
    throw new AssayError('option-invalid', { option: variables.file, value: 'given', expected }, { cause });
  }
}
