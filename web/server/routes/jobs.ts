import type { Router } from 'express';
import express from 'express';
import { causesChart } from '../../../reports/comparison/html.js';
import { storedComparison } from '../../contract/comparisons.js';
import { job, jobList, jobPath, jobRequest } from '../../contract/jobs.js';
import { nothing } from '../../contract/nothing.js';
import { readComparison } from '../jobs/job-files.js';
import { streamEvents, streamPast } from '../jobs/stream-events.js';
import { notFound, Refusal } from '../problems.js';
import { route } from '../route.js';
import type { Services } from '../services.js';

/** Listeners of events at once, all jobs together. */
const maxListeners = 200;

/** Routes of runs in the making: start, list, watch, cancel. */
export function jobRoutes(router: Router, { jobs, folders, folder }: Services): void {
  const none = { path: nothing, query: nothing, body: nothing };
  let listeners = 0;
  router.get('/jobs', route({ ...none, answer: jobList, work: async () => ({ jobs: jobs.list() }) }));
  router.post(
    '/jobs',
    express.json({ limit: '64kb', strict: true }),
    route({
      ...none,
      body: jobRequest,
      answer: job,
      work: async ({ body }) =>
        jobs.start(body, {
          file: await folders.resolve(body.dataset),
          ...('before' in body ? { before: await folders.resolve(body.before) } : {}),
        }),
    }),
  );
  router.get('/jobs/:id', route({ ...none, path: jobPath, answer: job, work: async ({ path }) => jobs.get(path.id) }));
  router.post(
    '/jobs/:id/cancel',
    route({ ...none, path: jobPath, answer: job, work: async ({ path }) => jobs.cancel(path.id) }),
  );
  router.get(
    '/comparisons/:id',
    route({
      ...none,
      path: jobPath,
      answer: storedComparison,
      work: async ({ path: { id } }) => {
        const found = await readComparison(folder, id);
        if (found === null) throw notFound('comparison');
        return { found, chart: await causesChart(found) };
      },
    }),
  );
  router.get('/jobs/:id/events', (request, response) => {
    const { id } = jobPath.parse(request.params);
    const found = jobs.get(id);
    const live = jobs.live(id);
    if (live === null) return streamPast(found, response);
    if (listeners >= maxListeners) throw new Refusal(503, 'busy', 'Too many pages watch already. Close one.');
    listeners++;
    response.once('close', () => listeners--);
    streamEvents(live, request, response);
  });
}
