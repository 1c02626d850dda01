import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { golden } from '../../../fixtures/golden/report.js';
import { renderHtml } from '../../../reports/renderers/html/render.js';
import { renderJson } from '../../../reports/renderers/json.js';
import { serve, type Served } from '../../../web/server/serve.js';

let root: string;
let server: Served;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'assay-web-'));
  const folder = path.join(root, '.assay');
  await writeRun(folder, '0412-7f3a', {
    name: 'clicks <b>',
    startedAt: '2026-10-05T09:41:00Z',
    command: 'run',
    extra: [1],
  });
  const broken = path.join(folder, 'runs', 'broken');
  await mkdir(broken, { recursive: true });
  await writeFile(path.join(broken, 'run.json'), '{"name": 7, "startedAt": "soon"');
  await writeFile(path.join(broken, 'report.json'), '{"assay": "1"}');
  await writeFile(path.join(root, 'secret.txt'), 'top secret');
  await mkdir(path.join(root, 'outside'));
  await writeFile(path.join(root, 'outside', 'report.json'), 'top secret');
  await symlink(path.join(root, 'outside'), path.join(folder, 'runs', 'linked-folder'));
  const linked = path.join(folder, 'runs', 'linked-file');
  await mkdir(linked);
  await symlink(path.join(root, 'secret.txt'), path.join(linked, 'report.json'));
  await mkdir(path.join(linked, 'report.html'));
  const old = path.join(folder, 'runs', 'old');
  await mkdir(old);
  await writeFile(path.join(old, 'report.html'), '<!doctype html><title>old</title><script>alert(1)</script>');
  server = await serve({ folder, port: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

async function writeRun(folder: string, id: string, run: object): Promise<void> {
  const here = path.join(folder, 'runs', id);
  await mkdir(here, { recursive: true });
  await writeFile(path.join(here, 'run.json'), JSON.stringify(run));
  await writeFile(path.join(here, 'report.json'), renderJson(golden));
  await writeFile(path.join(here, 'report.html'), await renderHtml(golden));
  await writeFile(path.join(here, 'findings.parquet'), Buffer.from('PAR1 not really PAR1'));
}

const get = (url: string, init?: RequestInit): Promise<Response> => fetch(new URL(url, server.address), init);

/** A request whose path and headers are sent as they are; fetch would tidy both. */
function raw(target: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path: target, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the list of runs', () => {
  it('shows verdict, AUC and files, newest first, names escaped', async () => {
    const response = await get('/');
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('<h1>Four runs; in one a repair pays</h1>');
    expect(page).toContain('clicks &lt;b&gt;');
    expect(page).toContain('href="/runs/0412-7f3a/findings.parquet"');
    expect(page).toContain('<time dateTime="2026-10-05T09:41:00.000Z"');
    expect(page.indexOf('0412-7f3a')).toBeLessThan(page.indexOf('broken'));
  });

  it('lists a run that cannot be read and says that it has no report', async () => {
    expect(await (await get('/')).text()).toMatch(/<code>broken<\/code>.*?no report/s);
  });

  it('is a page of its own where there is no run', async () => {
    const empty = await serve({ folder: path.join(root, 'nothing-here'), port: 0 });
    const page = await (await fetch(empty.address)).text();
    await empty.close();
    expect(page).toContain('There is no run in this folder yet');
  });
});

describe('a run', () => {
  it('shows its stored report byte by byte, its scripts allowed by hash only', async () => {
    const response = await get('/runs/0412-7f3a');
    expect(await response.text()).toBe(await renderHtml(golden));
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'sha256-");
    expect(policy).not.toContain('unsafe');
  });

  it('runs no script of a report it did not write', async () => {
    const policy = (await get('/runs/old')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('gives its document and its findings', async () => {
    const json = await get('/runs/0412-7f3a/report.json');
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await json.json()).toEqual(golden);
    const findings = await get('/runs/0412-7f3a/findings.parquet');
    expect(findings.headers.get('content-disposition')).toBe('attachment; filename=0412-7f3a-findings.parquet');
    expect(await findings.text()).toBe('PAR1 not really PAR1');
  });

  it('answers parts of a file', async () => {
    const part = await get('/runs/0412-7f3a/findings.parquet', { headers: { range: 'bytes=0-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PAR1']);
  });
});

describe('what it refuses', () => {
  it.each([
    '/runs/../secret.txt',
    '/runs/..%2f..%2fsecret.txt',
    '/runs/%2e%2e/report.json',
    '/runs/..%2f..%2foutside/report.json',
    '/runs/..%5c..%5coutside/report.json',
    '/runs/0412-7f3a/..%2f..%2f..%2fsecret.txt',
    '/runs/0412-7f3a%00/report.json',
    '/runs/%/report.json',
    '/runs/.hidden/report.json',
    '/runs/linked-folder/report.json',
    '/runs/linked-file/report.json',
    '/runs/linked-file',
    '/runs/0412-7f3a/run.json',
    '/runs/nope',
    '//etc/passwd',
  ])('a way out of the folder or to nowhere: %s', async (target) => {
    const { status, body } = await raw(target);
    expect(status).toBe(404);
    expect(body).toContain('There is nothing at this address');
    expect(body).not.toContain('secret');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'a foreign host: "%s"',
    async (host) => {
      const { status, body } = await raw('/', { host });
      expect(status).toBe(403);
      expect(body).not.toContain('0412');
    },
  );

  it.each(['127.0.0.1:1', 'localhost', 'LOCALHOST:8080', '[::1]:9'])('but not its own: %s', async (host) => {
    expect((await raw('/', { host })).status).toBe(200);
  });

  it('an id without end', async () => {
    expect((await raw(`/runs/${'a'.repeat(5000)}`)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    expect((await get('/', { method })).status).toBe(405);
  });
});

describe('every answer', () => {
  it.each(['/', '/runs/0412-7f3a', '/nope'])('to %s forbids frames, sniffing and requests', async (url) => {
    const { headers } = await get(url);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('shows no path and no stack', async () => {
    const { body } = await raw('/runs/%');
    expect(body).not.toContain(root);
    expect(body).not.toMatch(/\bat \w+ \(|node_modules/);
  });
});

describe('the server', () => {
  it('listens on this machine only and says where', () => {
    expect(server.address).toBe(`http://127.0.0.1:${server.port}/`);
    expect(server.port).toBeGreaterThan(0);
  });

  it('rejects a port that is taken', async () => {
    await expect(serve({ folder: root, port: server.port })).rejects.toThrow('EADDRINUSE');
  });
});
