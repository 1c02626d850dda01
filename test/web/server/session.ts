import { request } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import type { PlanVerb, Recipe, RecipeStep } from '../../../src/cleaning/recipe/recipe.js';
import { golden } from '../../../fixtures/golden/report.js';
import { renderHtml } from '../../../reports/renderers/html/render.js';
import { renderJson } from '../../../reports/renderers/json.js';
import { serve, type Served, type ServeOptions } from '../../../web/server/serve.js';

/** A server over a fresh folder, with calls that carry its token. */
export interface Session {
  /** Holds `.assay` (runs) and `data` (files that may be read). */
  readonly root: string;
  readonly server: Served;
  get(url: string, init?: RequestInit): Promise<Response>;
  post(url: string, body: unknown): Promise<Response>;
  /** A request whose path and headers are sent as they are; fetch would tidy both. */
  raw(target: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

export async function openSession(options: Partial<ServeOptions> = {}): Promise<Session> {
  const root = await mkdtemp(path.join(tmpdir(), 'assay-web-'));
  await mkdir(path.join(root, 'data'));
  const server = await serve({
    folder: path.join(root, '.assay'),
    data: [path.join(root, 'data')],
    port: 0,
    ...options,
  });
  const authorization = `Bearer ${server.token}`;
  const get = (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    return fetch(new URL(url, server.address), { ...init, headers });
  };
  return {
    root,
    server,
    get,
    post: (url, body) =>
      get(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    raw: (target, headers = {}) => raw(server.port, target, { authorization, ...headers }),
    close: async () => {
      await server.close();
      await rm(root, { recursive: true });
    },
  };
}

/** Writes the golden report as a run. */
export async function writeRun(
  root: string,
  id: string,
  record: object,
  report: typeof golden = golden,
): Promise<string> {
  const here = path.join(root, '.assay', 'runs', id);
  await mkdir(here, { recursive: true });
  await writeFile(path.join(here, 'run.json'), JSON.stringify(record));
  await writeFile(path.join(here, 'report.json'), renderJson(report));
  await writeFile(path.join(here, 'report.html'), await renderHtml(report));
  return here;
}

/** Writes a recipe of three steps into a run, each weighting or dropping rows. */
export async function writeRecipe(here: string): Promise<void> {
  const rule = { cmp: '=', args: [{ col: 'clicked' }, { lit: { type: 'INTEGER', text: '1' } }] } as const;
  const verbs = [
    { id: 1, code: 'duplicates.exact', verb: 'drop-row', where: { rule } },
    { id: 2, code: 'label-noise.review', verb: 'weight-row', where: { rule }, factor: 0.5 },
    { id: 3, code: 'missing.null', verb: 'drop-column', column: 'price' },
  ] as const satisfies readonly PlanVerb[];
  const steps = verbs.map((verb, i): RecipeStep => ({
    defect: verb.code.split('.')[0]!,
    repair: `repair-${i}`,
    title: ['Drop exact duplicates', 'Weight suspect labels', 'Drop the empty column'][i]!,
    strength: null,
    acceptedBy: 'chain',
    evidence: { gain: { value: 0.004 - i / 1000, low: 0.001, high: 0.006 }, units: 12, seeds: 6 },
    plan: [verb],
  }));
  const made = { assay: '0.1.0', source: 'x', rows: 3000 };
  const recipe: Recipe = { version: 1, made, label: 'clicked', weight: null, steps, exceptions: [], rejected: [] };
  await writeFile(path.join(here, 'recipe.yaml'), printRecipe(recipe, []));
}

function raw(port: number, target: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: target, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
