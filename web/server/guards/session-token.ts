import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { sendProblem } from '../problems.js';

/** Lets through requests that carry the token of this session (`Authorization: Bearer TOKEN`). */
export function sessionToken(token: string): RequestHandler {
  const expected = digest(`Bearer ${token}`);
  return (request, response, next) => {
    // Digests have one length, so comparing them tells nothing about the token.
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return next();
    sendProblem(response, 401, {
      code: 'session-unknown',
      message: 'This page does not belong to the running session. Open the address that the server printed.',
    });
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
