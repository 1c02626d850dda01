import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { packageFolder } from '../../src/core/built-file.js';

/** Where the built dashboard lies. */
export const uiFolder: string = path.join(packageFolder, 'dist', 'web', 'ui');

/** The page that every address of the dashboard starts with; it holds no data. */
export const sendShell: RequestHandler = async (_, response) => {
  response.type('html').send(await readFile(path.join(uiFolder, 'index.html'), 'utf8'));
};
