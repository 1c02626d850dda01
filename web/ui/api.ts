import type { z } from 'zod';
import { problem, type Problem } from '../contract/problem.js';
import { authorization } from './session.js';

/** What the server refused, or that it could not be reached. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(found: Problem) {
    super(found.message);
    this.problem = found;
  }
}

/** Asks the API and parses its answer by the contract. */
export async function ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init);
  const parsed = schema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  throw new ProblemError({
    code: 'answer-unknown',
    message: 'The server answers in another version. Reload the page.',
  });
}

/** Sends JSON. */
export function tell<T>(path: string, schema: z.ZodType<T>, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return ask(path, schema, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A successful answer; anything else is thrown as a {@link ProblemError}. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', authorization());
  const response = await fetch(`/api${path}`, { ...init, headers }).catch((cause: unknown) => {
    if (init.signal?.aborted === true) throw cause;
    throw new ProblemError({
      code: 'unreachable',
      message: 'The server does not answer. Is assay serve still running?',
    });
  });
  if (response.ok) return response;
  const said = problem.safeParse(await response.json().catch(() => null)).data;
  throw new ProblemError(said ?? { code: 'unknown', message: `The server answered ${response.status}.` });
}

/** Saves a file of a run. A link could not carry the token, so the file is fetched first. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await (await send(path)).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
}
