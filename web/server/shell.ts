import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';

/** Where the built dashboard lies: beside this file, or in the build where this file is run from its source. */
export const uiFolder: string = fileURLToPath(
  import.meta.url.includes('/dist/')
    ? new URL('../ui/', import.meta.url)
    : new URL('../../dist/web/ui/', import.meta.url),
);

/** The page that every address of the dashboard starts with; it holds no data. */
export const sendShell: RequestHandler = async (_, response) => {
  response.type('html').send(await readFile(`${uiFolder}index.html`, 'utf8'));
};
