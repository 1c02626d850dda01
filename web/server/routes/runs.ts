import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Router } from 'express';
import { ledgerOf } from '../../../src/runs/ledger/ledger.js';
import { drawCharts } from '../../../reports/renderers/html/charts.js';
import { charts } from '../../contract/charts.js';
import { columns, columnsQuery } from '../../contract/columns.js';
import { compareQuery, comparison } from '../../contract/compare.js';
import { gateHistory, type GateHistory } from '../../contract/gate.js';
import { ledger, type Ledger } from '../../contract/ledger.js';
import { nothing } from '../../contract/nothing.js';
import { runDetail, runList, runPath } from '../../contract/runs.js';
import { compareReports } from '../compare-reports.js';
import { notFound } from '../problems.js';
import { route } from '../route.js';
import { servedFiles, type RunStore } from '../runs/run-folder.js';
import type { Services } from '../services.js';
import { columnPage } from '../runs/column-page.js';
import { dataChangedAt } from '../runs/data-changed.js';

/** Routes that read runs: the list, a report with its drawings, columns, files, two runs side by side, gates. */
export function runRoutes(router: Router, { runs, folders, tables }: Services): void {
  const none = { path: nothing, query: nothing, body: nothing };
  router.get('/runs', route({ ...none, answer: runList, work: async () => ({ runs: await runs.list() }) }));
  router.get(
    '/runs/:id',
    route({
      ...none,
      path: runPath,
      answer: runDetail,
      work: async ({ path: { id } }) => {
        const { run, summary, report } = await runs.read(id);
        const findings = await runs.file(id, 'findings.parquet');
        if (findings !== null) tables.prepare(id, findings);
        return { run: summary, report, dataChangedAt: await dataChangedAt(run, folders.holds) };
      },
    }),
  );
  router.get(
    '/runs/:id/charts',
    route({
      ...none,
      path: runPath,
      answer: charts,
      work: async ({ path: { id } }) => drawCharts((await runs.read(id)).report),
    }),
  );
  router.get(
    '/runs/:id/columns',
    route({
      ...none,
      path: runPath,
      query: columnsQuery,
      answer: columns,
      work: async ({ path: { id }, query }) => columnPage((await runs.read(id)).report, query),
    }),
  );
  router.get(
    '/compare',
    route({
      ...none,
      query: compareQuery,
      answer: comparison,
      work: async ({ query: { a, b } }) => compareReports((await runs.read(a)).report, (await runs.read(b)).report),
    }),
  );
  router.get('/ledger', route({ ...none, answer: ledger, work: () => ledgerIn(runs) }));
  router.get('/gate', route({ ...none, answer: gateHistory, work: () => history(runs) }));
  for (const name of servedFiles) router.get(`/runs/:id/files/${name}`, sendFile(runs, name));
}

/** Tries in which a repair or rule must have paid at least once. */
const lookedBack = 5;

async function ledgerIn(runs: RunStore): Promise<Ledger> {
  const all: Parameters<typeof ledgerOf>[0][number][] = [];
  for (const { id, seconds, verdict } of await runs.list()) {
    if (verdict === null) continue;
    const { report } = await runs.read(id);
    all.push({ id, seconds: seconds ?? 0, trainings: report.how.trainings, report });
  }
  const lines = ledgerOf(all, lookedBack).map(({ strategy: { kind, name }, ...line }) => ({ kind, name, ...line }));
  return { runs: all.length, lines };
}

/** Runs of the gate that are shown. */
const judgedRuns = 50;

async function history(runs: RunStore): Promise<GateHistory> {
  const judged = (await runs.list()).filter((run) => run.gate !== null).slice(0, judgedRuns);
  const read = judged.map(async ({ id, name, startedAt }) => {
    const gate = (await runs.read(id)).report.gate!;
    const rules = gate.rules.map(({ rule, outcome, message }) => ({ rule, outcome, message }));
    return { id, name, startedAt, policy: gate.policy, verdict: gate.verdict, rules };
  });
  return { runs: await Promise.all(read) };
}

/** Sends a file as a download, as it is on disk. */
function sendFile(runs: RunStore, name: (typeof servedFiles)[number]): RequestHandler {
  return async (request, response) => {
    const { id } = request.params;
    const file = typeof id === 'string' ? await runs.file(id, name) : null;
    if (file === null) throw notFound('file');
    response.type('application/octet-stream').attachment(`${String(id)}-${name}`);
    // A reader that goes away is no failure of ours.
    await pipeline(createReadStream(file), response).catch(() => response.destroy());
  };
}
