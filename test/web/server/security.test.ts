import { connect, type Socket } from 'node:net';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../web/server/serve.js';
import { openSession, writeRun, type Session } from './session.js';

const hostile = '"><img src=x onerror=alert(1)>';
let session: Session;

beforeAll(async () => {
  session = await openSession({ maxUploadBytes: 100_000 });
  const { root } = session;
  await writeRun(root, '0412-7f3a', { name: hostile, startedAt: '2026-10-05T09:41:00Z' });
  await writeFile(path.join(root, 'secret.csv'), 'a,b\ntop secret,1\n');
  await mkdir(path.join(root, 'outside'));
  await writeFile(path.join(root, 'outside', 'report.json'), 'top secret');
  const runs = path.join(root, '.assay', 'runs');
  await symlink(path.join(root, 'outside'), path.join(runs, 'linked-folder'));
  await mkdir(path.join(runs, 'linked-file'));
  await symlink(path.join(root, 'secret.csv'), path.join(runs, 'linked-file', 'report.json'));
  await symlink(path.join(root, 'secret.csv'), path.join(root, 'data', 'linked.csv'));
  await symlink(root, path.join(root, 'data', 'up'));
  await writeFile(
    path.join(root, 'data', 'hostile.csv'),
    `label,"${hostile.replace('"', '""')}"\n1,"${hostile.replace('"', '""')}"\n0,b\n`,
  );
});

afterAll(() => session.close());

describe('who is answered', () => {
  it.each(['/api/runs', '/api/runs/0412-7f3a', '/api/jobs', '/api/datasets', '/api/nothing'])(
    'nobody without the token: %s',
    async (url) => {
      for (const authorization of [
        '',
        'Bearer ',
        'Bearer wrong',
        `Basic ${session.server.token}`,
        session.server.token,
      ]) {
        const response = await fetch(new URL(url, session.server.address), { headers: { authorization } });
        expect(response.status).toBe(401);
        expect(await response.text()).not.toContain('0412');
      }
    },
  );

  it('the token is no part of a query, of the page or of an answer', async () => {
    const { server } = session;
    expect((await fetch(`${server.address}api/runs?token=${server.token}`)).status).toBe(401);
    expect(await (await fetch(server.address)).text()).not.toContain(server.token);
    expect(await (await session.get('/api/runs')).text()).not.toContain(server.token);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'no foreign host: "%s"',
    async (host) => {
      const { status, body } = await session.raw('/api/runs', { host });
      expect([400, 403]).toContain(status);
      expect(body).not.toContain('0412');
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'no foreign origin, even with the token: %s',
    async (origin) => {
      const headers = { origin, 'content-type': 'application/json' };
      const response = await session.get('/api/jobs', { method: 'POST', body: '{}', headers });
      expect(response.status).toBe(403);
    },
  );

  it('no request that a browser marks as cross-site, and its own page', async () => {
    expect((await session.raw('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const origin = session.server.address.slice(0, -1);
    expect((await session.get('/api/runs', { headers: { origin } })).status).toBe(200);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('no %s', async (method) => {
    expect((await session.get('/api/runs', { method })).status).toBe(405);
  });

  it('listens on this machine only and rejects a taken port', async () => {
    const { server, root } = session;
    expect(server.address).toBe(`http://127.0.0.1:${server.port}/`);
    await expect(serve({ folder: root, port: server.port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('paths', () => {
  it.each([
    '/api/runs/../secret.csv',
    '/api/runs/..%2f..%2fsecret.csv',
    '/api/runs/%2e%2e',
    '/api/runs/0412-7f3a%00',
    '/api/runs/%',
    '/api/runs/.hidden',
    '/api/runs/linked-folder',
    '/api/runs/linked-file',
    '/api/runs/linked-file/files/report.json',
    '/api/runs/linked-folder/files/report.json',
    '/api/runs/0412-7f3a/files/run.json',
    '/api/runs/0412-7f3a/files/..%2f..%2f..%2f..%2fsecret.csv',
    `/api/runs/${'a'.repeat(500)}`,
    '/assets/..%2f..%2f..%2f..%2fpackage.json',
    '/assets/../../server/app.js',
    '/..%2f..%2fetc%2fpasswd',
  ])('no way out of the folder of runs: %s', async (target) => {
    const { status, body } = await session.raw(target);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toMatch(/secret|assay-toolkit|root:/);
  });

  it.each([
    'data/../secret.csv',
    'data/..%2fsecret.csv',
    'data/linked.csv',
    'data/up/secret.csv',
    'data/./linked.csv',
    'data//secret.csv',
    'data/..\\secret.csv',
    'data/linked.csv\0',
    '../secret.csv',
    '/etc/passwd',
    'nothing/at.csv',
    'data',
    '',
  ])('no way out of the folders of data: %s', async (dataset) => {
    const preview = await session.get(`/api/datasets/preview?dataset=${encodeURIComponent(dataset)}`);
    expect([400, 404]).toContain(preview.status);
    expect(await preview.text()).not.toContain('secret');
    const started = await session.post('/api/jobs', { dataset, depth: 'audit', roles: {}, budget: 1, seed: 1 });
    expect([400, 404]).toContain(started.status);
  });

  it('lists what lies inside only, without following links', async () => {
    const list = await (await session.get('/api/datasets')).json();
    expect(list).toMatchObject({ datasets: [{ id: 'data/hostile.csv' }], cut: false });
  });

  it('shows no rows of data outside of the folders, whatever a run says about where it lay', async () => {
    const source = { path: path.join(session.root, 'secret.csv'), hash: 'x' };
    await writeRun(session.root, 'elsewhere', { name: 'x', source });
    const response = await session.get('/api/runs/elsewhere/rows?keys=0');
    expect(await response.text()).not.toContain('top secret');
  });
});

describe('what is sent', () => {
  it('a body of more than 64 KB', async () => {
    const response = await session.post('/api/jobs', { dataset: 'x'.repeat(70_000) });
    expect(response.status).toBe(413);
  });

  it('an upload of more than it may have, told and untold, and leaves nothing behind', async () => {
    const body = 'a,b\n'.repeat(50_000);
    expect((await session.get('/api/datasets?name=a.csv', { method: 'POST', body })).status).toBe(413);
    const stream = new Blob([body]).stream();
    const untold = await session.get('/api/datasets?name=a.csv', {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(untold.status).toBe(413);
    expect(await readdir(path.join(session.root, '.assay', 'uploads')).catch(() => [])).toEqual([]);
  });

  it.each([
    '../../evil.csv',
    '/etc/evil.csv',
    '..\\evil.csv',
    '.evil.csv',
    `${hostile}.csv`,
    'a\0.csv',
    `${'n'.repeat(400)}.csv`,
  ])('keeps an upload inside, whatever its name: %s', async (name) => {
    const sent = await session.get(`/api/datasets?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: 'a\n1\n',
    });
    expect(sent.status).toBe(201);
    const { dataset } = (await sent.json()) as { dataset: string };
    expect(dataset).toMatch(/^uploads\/[A-Za-z0-9_-][A-Za-z0-9._-]*\.csv$/);
    expect((await session.get(`/api/datasets/preview?dataset=${dataset}`)).status).toBe(200);
  });

  it('no file that is none', async () => {
    expect((await session.get('/api/datasets?name=a.exe', { method: 'POST', body: 'x' })).status).toBe(415);
  });

  it.each([
    [{}, 400],
    [{ dataset: 'data/hostile.csv', depth: 'rm', roles: {}, budget: 1, seed: 1 }, 400],
    [{ dataset: 'data/hostile.csv', depth: 'run', roles: { out: '/tmp' }, budget: 1, seed: 1 }, 400],
    [{ dataset: 'data/hostile.csv', depth: 'run', roles: {}, budget: 1, seed: 1, trainer: 'sh' }, 400],
    [{ dataset: 'data/hostile.csv', depth: 'run', roles: {}, budget: 1e9, seed: 1 }, 400],
  ])('a request beside the contract: %j', async (body, status) => {
    expect((await session.post('/api/jobs', body)).status).toBe(status);
  });

  it('a window larger than it may be', async () => {
    for (const query of ['limit=201', 'limit=0', 'offset=-1', 'offset=1e99', 'sort=1;drop', 'more=1'])
      expect((await session.get(`/api/runs/0412-7f3a/findings/missing/rows?${query}`)).status).toBe(400);
  });
});

describe('what is answered', () => {
  it.each(['/', '/runs/0412-7f3a', '/api/runs', '/nope.txt'])(
    '%s forbids frames, sniffing and foreign code',
    async (url) => {
      const { headers } = await session.get(url);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('names and cells as JSON, never as a page', async () => {
    for (const url of ['/api/runs', '/api/datasets/preview?dataset=data/hostile.csv']) {
      const response = await session.get(url);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.text()).toContain(JSON.stringify(hostile).slice(1, -1));
    }
  });

  it('shows no example of a column that is called personal, but for one that says yes or no', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 2},${i % 3 ? 'Yes' : 'No'},Ann,ann${i}@example.com`);
    const text = `clicked,PhoneService,first_name,contact\n${lines.join('\n')}\n`;
    await writeFile(path.join(session.root, 'data', 'named.csv'), text);
    const response = await session.get('/api/datasets/preview?dataset=data/named.csv');
    const { columns } = (await response.json()) as { columns: { name: string; examples: string[] }[] };
    expect(columns.map(({ name, examples }) => [name, examples.toSorted()])).toEqual([
      ['clicked', ['0', '1']],
      ['PhoneService', ['No', 'Yes']],
      ['first_name', ['[masked]']],
      ['contact', ['[masked]']],
    ]);
  });

  it('a fault without stack and without a path of this machine', async () => {
    await writeFile(path.join(session.root, 'data', 'broken.parquet'), 'PAR1 not really PAR1');
    const response = await session.get('/api/datasets/preview?dataset=data/broken.parquet');
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).not.toContain(session.root);
    expect(text).not.toMatch(/\bat \w+ \(|node_modules/);
  });
});

describe('slow readers', () => {
  it('two hundred that read nothing keep nobody from an answer', async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < 200; i++) {
      const socket = connect(session.server.port, '127.0.0.1');
      socket.pause();
      socket.on('error', () => undefined);
      socket.write(
        `GET /api/runs/0412-7f3a HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${session.server.token}\r\n\r\n`,
      );
      sockets.push(socket);
    }
    const response = await session.get('/api/runs');
    expect(response.status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('one that never ends its headers is dropped by the server, not waited for on close', async () => {
    const other = await openSession();
    const socket = connect(other.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    await new Promise((resolve) => socket.once('connect', resolve));
    await expect(other.close()).resolves.toBeUndefined();
    socket.destroy();
  });
});
