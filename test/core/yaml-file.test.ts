import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '../../src/core/yaml-file.js';

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../fixtures/broken/${name}`, import.meta.url), 'utf8');

it.each([
  ['alias.yaml', 2, 8, /^Unresolved alias/],
  ['alias-bomb.yaml', 1, 1, /^Excessive alias count/],
])('%s is an error at its place, not an exception of the parser', async (name, line, column, reason) => {
  const text = await read(name);
  expect(() => parseYaml(name, text, z.unknown(), [])).toThrowError(
    expect.objectContaining({
      code: 'config-invalid',
      args: { path: name, line, column, reason: expect.stringMatching(reason) },
    }),
  );
});
