import type { Router } from 'express';
import { findingPath, findingRows, findingRowsQuery, findingSummary } from '../../contract/findings.js';
import { nothing } from '../../contract/nothing.js';
import { rowDetail, rowPath, rows, rowsQuery } from '../../contract/rows.js';
import { runPath } from '../../contract/runs.js';
import { route } from '../route.js';
import type { Services } from '../services.js';
import { cellsAround, cellsOf } from '../tables/cells.js';
import { findingsAbout, findingWindow, summaryOf } from '../tables/finding-rows.js';

/** Routes that read flagged units and the rows of the data behind them, page by page through the engine. */
export function findingRoutes(router: Router, services: Services): void {
  const none = { path: nothing, query: nothing, body: nothing };
  router.get(
    '/runs/:id/findings/:defect',
    route({
      ...none,
      path: findingPath,
      answer: findingSummary,
      work: ({ path, signal }) => summaryOf(services, path.id, path.defect, signal),
    }),
  );
  router.get(
    '/runs/:id/findings/:defect/rows',
    route({
      ...none,
      path: findingPath,
      query: findingRowsQuery,
      answer: findingRows,
      work: ({ path, query, signal }) => findingWindow(services, path.id, path.defect, query, signal),
    }),
  );
  router.get(
    '/runs/:id/rows',
    route({
      ...none,
      path: runPath,
      query: rowsQuery,
      answer: rows,
      work: ({ path, query, signal }) => cellsOf(services, path.id, query, signal),
    }),
  );
  router.get(
    '/runs/:id/rows/:key',
    route({
      ...none,
      path: rowPath,
      answer: rowDetail,
      work: async ({ path: { id, key }, signal }) => ({
        found: await findingsAbout(services, id, BigInt(key), signal),
        around: await cellsAround(services, id, BigInt(key), signal),
      }),
    }),
  );
}
