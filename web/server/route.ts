import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import { Refusal } from './problems.js';

/** A route as data: what it takes, what it gives, and the work between. Each part is parsed by the contract. */
export interface RouteParts<P, Q, B, A> {
  readonly path: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body: z.ZodType<B>;
  readonly answer: z.ZodType<A>;
  readonly work: (input: { path: P; query: Q; body: B; signal: AbortSignal }) => Promise<A>;
}

/** Parses path, query and body, works, parses the answer and sends it. A reader that leaves stops the work. */
export function route<P, Q, B, A>({ path, query, body, answer, work }: RouteParts<P, Q, B, A>): RequestHandler {
  return async (request, response) => {
    const gone = goneWith(request);
    const input = {
      path: parsedPath(path, request.params),
      query: query.parse(request.query),
      body: body.parse(request.body),
      signal: gone.signal,
    };
    const result = await work(input);
    const checked = answer.safeParse(result);
    if (!checked.success) throw new Error('the answer does not keep the contract', { cause: checked.error });
    if (!response.destroyed) response.json(checked.data);
  };
}

function parsedPath<P>(schema: z.ZodType<P>, params: unknown): P {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new Refusal(404, 'not-found', 'There is nothing at this address.');
  return parsed.data;
}

/** Aborts when the connection closes before the answer was sent. */
function goneWith(request: Request): AbortController {
  const gone = new AbortController();
  request.res?.once('close', () => {
    if (request.res?.writableFinished !== true) gone.abort();
  });
  return gone;
}
