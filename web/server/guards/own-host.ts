import type { RequestHandler } from 'express';

/**
 * Lets through only requests that name this machine as host. A page of another site can make a browser send requests
 * here by pointing its own name at 127.0.0.1 (DNS rebinding); such a request still carries the foreign name.
 */
export const ownHost: RequestHandler = (request, response, next) => {
  if (isOwn(request.headers.host)) return next();
  response.status(403).type('text/plain').send('This server answers on 127.0.0.1 and localhost only.\n');
};

/**
 * Lets through requests without an origin (a typed address, another program) and those of a page that this very host
 * and port served.
 */
export const ownOrigin: RequestHandler = (request, response, next) => {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign = typeof site === 'string' && site !== 'same-origin' && site !== 'none';
  if (!foreign && (origin === undefined || origin === `http://${host ?? ''}`)) return next();
  response.status(403).type('text/plain').send('Requests of other sites are not answered.\n');
};

function isOwn(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i.test(host);
}
