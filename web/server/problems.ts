import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import { AssayError } from '../../src/core/errors.js';
import type { Problem } from '../contract/problem.js';

/** A refusal with its status: what a route throws where the request is at fault. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not-found', `There is no such ${what}. It may have been removed.`);
}

export function sendProblem(response: Response, status: number, problem: Problem): void {
  response.status(status).json(problem);
}

/** The last handler: turns whatever was thrown into one sentence without stack or path. */
export const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const [status, problem] = problemOf(error);
  // The rest of a body that is too large is not read, so nothing else can follow on this connection.
  if (status === 413) response.set('Connection', 'close');
  sendProblem(response, status, problem);
};

function problemOf(error: unknown): readonly [status: number, problem: Problem] {
  if (error instanceof Refusal) return [error.status, { code: error.code, message: error.message }];
  if (error instanceof z.ZodError) {
    const [first] = error.issues;
    const where = first === undefined || first.path.length === 0 ? 'The request' : first.path.join('.');
    return [400, { code: 'request-invalid', message: `${where} is not valid: ${first?.message ?? 'unknown'}.` }];
  }
  if (error instanceof AssayError && error.exit === 3)
    return [422, { code: error.code, message: withoutFolders(error.message) }];
  const status = statusOf(error);
  if (status === 413) return [413, { code: 'too-large', message: 'The request is larger than this server accepts.' }];
  if (status !== null) return [status, { code: 'request-invalid', message: 'The request could not be read.' }];
  return [500, { code: 'internal', message: 'The server could not answer. The folder may have changed; try again.' }];
}

/** Absolute paths in a sentence, cut to their last part: a page needs no map of the disk. */
export function withoutFolders(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?(?:[\\/][^\\/\s"':]+)+[\\/]([^\\/\s"':]+)/g, '$1');
}

/** The status of an error that the request caused (a body too large, a malformed address); null for one of ours. */
function statusOf(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
