import { open } from 'node:fs/promises';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { ReactNode } from 'react';
import { contentHashes, contentPolicy, renderDocument } from '../../reports/renderers/html/document.js';
import { ownHost } from './own-host.js';
import { ProblemPage } from './problem-page.js';
import { listRuns, servedFiles, servedPath, type ServedFile } from './run-folder.js';
import { RunsPage } from './runs-page.js';

export interface AppOptions {
  /** Folder that holds the runs (`<folder>/runs/<id>/`); nothing outside of it is ever read. */
  readonly folder: string;
}

/** The application without a socket: the list of runs, their stored reports and their files, read only. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(ownHost, readOnly, headers);
  app.get(
    '/',
    handled(async (_, response) => {
      page(response, 200, 'Assay: runs', <RunsPage runs={await listRuns(options.folder)} />);
    }),
  );
  app.get(
    '/runs/:id',
    handled((request, response) => sendFile(request, response, options.folder, 'report.html')),
  );
  for (const file of servedFiles) {
    app.get(
      `/runs/:id/${file}`,
      handled((request, response) => sendFile(request, response, options.folder, file)),
    );
  }
  app.use((_, response) => notFound(response));
  app.use(failed);
  return app;
}

/** A handler whose rejection goes to the error handler. */
function handled(answer: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    answer(request, response).catch(next);
  };
}

const readOnly: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();
  response.status(405).set('Allow', 'GET, HEAD').type('text/plain').send('Only GET and HEAD are answered.\n');
};

const headers: RequestHandler = (_, response, next) => {
  response.set({
    'Content-Security-Policy': `${contentPolicy}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};

const types: Readonly<Record<ServedFile, string>> = {
  'report.html': 'text/html; charset=utf-8',
  'report.json': 'application/json; charset=utf-8',
  'findings.parquet': 'application/vnd.apache.parquet',
};

async function sendFile(request: Request, response: Response, folder: string, file: ServedFile): Promise<void> {
  const { id } = request.params;
  const found = typeof id === 'string' ? await servedPath(folder, id, file) : null;
  if (found === null) return notFound(response);
  response.set('Content-Type', types[file]);
  if (file === 'report.html') response.set('Content-Security-Policy', await policyOf(found));
  if (file === 'findings.parquet') response.attachment(`${String(id)}-${file}`);
  await new Promise<void>((resolve, reject) => {
    // The path is resolved and checked; the folder of runs itself may start with a dot.
    response.sendFile(found, { dotfiles: 'allow', cacheControl: false }, (error?: Error | null) => {
      // A reader that went away is no failure of ours.
      if (error != null && !response.headersSent) reject(error);
      else resolve();
    });
  });
}

/**
 * The policy for a stored report: ours where it carries our style and script, else one under which it shows everything
 * but runs no script (a report of another version).
 */
async function policyOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2048), 0, 2048, 0);
    const head = buffer.toString('utf8', 0, bytesRead);
    const own = contentHashes.every((hash) => head.includes(hash));
    return `${own ? contentPolicy : scriptless}; frame-ancestors 'none'`;
  } finally {
    await handle.close();
  }
}

const scriptless = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function notFound(response: Response): void {
  const text = 'It may have been removed, or the address is not complete.';
  page(response, 404, 'Assay: not found', <ProblemPage title="There is nothing at this address" text={text} />);
}

const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = clientError(error);
  if (status !== null) return notFound(response);
  const text = 'The server could not answer. The folder may have changed meanwhile; try again.';
  page(response, 500, 'Assay: problem', <ProblemPage title="Something went wrong" text={text} />);
};

/** The status of an error that the request caused (a malformed address); null for one of ours. */
function clientError(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

function page(response: Response, status: number, title: string, body: ReactNode): void {
  response.status(status).type('html').send(renderDocument(title, body));
}
