import path from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { headers } from './guards/headers.js';
import { ownHost, ownOrigin } from './guards/own-host.js';
import { sessionToken } from './guards/session-token.js';
import { failed, sendProblem } from './problems.js';
import { datasetRoutes } from './routes/datasets.js';
import { findingRoutes } from './routes/findings.js';
import { jobRoutes } from './routes/jobs.js';
import { recipeRoutes } from './routes/recipes.js';
import { runRoutes } from './routes/runs.js';
import type { Services } from './services.js';
import { sendShell, uiFolder } from './shell.js';

/** The application without a socket. */
export function createApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(ownHost, ownOrigin, headers, knownMethods);
  app.use('/api', sessionToken(services.token), api(services));
  app.use(
    '/assets',
    express.static(path.join(uiFolder, 'assets'), { index: false, redirect: false, maxAge: '1y', immutable: true }),
  );
  app.get(/^\/(?!assets\/)[^.]*$/, sendShell);
  app.use((_, response) => {
    response.status(404).type('text/plain').send('There is nothing at this address.\n');
  });
  app.use(failed);
  return app;
}

function api(services: Services): RequestHandler {
  const router = express.Router();
  runRoutes(router, services);
  findingRoutes(router, services);
  recipeRoutes(router, services);
  datasetRoutes(router, services);
  jobRoutes(router, services);
  router.use((_, response) => {
    sendProblem(response, 404, { code: 'not-found', message: 'There is nothing at this address.' });
  });
  router.use(failed);
  return router;
}

const knownMethods: RequestHandler = (request, response, next) => {
  if (['GET', 'HEAD', 'POST'].includes(request.method)) return next();
  response
    .status(405)
    .set('Allow', 'GET, HEAD, POST')
    .type('text/plain')
    .send('Only GET, HEAD and POST are answered.\n');
};
