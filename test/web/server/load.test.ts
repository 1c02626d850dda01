import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { openSession, type Session } from './session.js';

const call = { id: 'test', signal: new AbortController().signal };
let session: Session;

beforeAll(async () => {
  session = await openSession();
});

afterAll(() => session.close());

/** Bytes of memory that this process, and so the server in it, has taken for itself. */
function resident(): number {
  return process.memoryUsage.rss();
}

describe('a Parquet file that is small on disk and huge in memory', () => {
  it('is looked at without unpacking it', async () => {
    const file = path.join(session.root, 'data', 'bomb.parquet');
    const engine = await createDuckDb({ memory: '2GB', threads: 1, temp: session.root });
    const sql = `SELECT repeat('x', 1000) AS a, CAST(i % 2 AS INTEGER) AS label FROM range(2000000) AS t(i)`;
    await engine.write({ sql }, { kind: 'parquet', path: file }, call);
    await engine.close();
    const before = resident();
    const response = await session.get('/api/datasets/preview?dataset=data/bomb.parquet');
    // 2 GB of text: an answer or a refusal, but never the whole of it in memory, and no stack.
    expect([200, 422]).toContain(response.status);
    expect((await response.text()).length).toBeLessThan(20_000);
    expect(resident() - before).toBeLessThan(1.2 * 1024 ** 3);
    expect((await session.get('/api/runs')).status).toBe(200);
  });
});

describe('two hundred pages that watch one run and read nothing', () => {
  it('hold up neither the run nor anybody else, and cost bounded memory', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${(i * 31) % 7 < 2 ? 1 : 0},u${i % 97},${i % 1009}`);
    await writeFile(path.join(session.root, 'data', 'log.csv'), `clicked,user_id,price\n${lines.join('\n')}\n`);
    const body = { dataset: 'data/log.csv', depth: 'audit', roles: {}, budget: 1, seed: 1 };
    const { id } = (await (await session.post('/api/jobs', body)).json()) as { id: string };
    const before = resident();
    const sockets = Array.from({ length: 200 }, () => watch(id));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (let i = 0; i < 20; i++) expect((await session.get('/api/runs')).status).toBe(200);
    await expect.poll(async () => state(id), { timeout: 60_000, interval: 300 }).toBe('done');
    expect(resident() - before).toBeLessThan(300 * 1024 ** 2);
    for (const socket of sockets) socket.destroy();
  });
});

function watch(id: string): Socket {
  const socket = connect(session.server.port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(
    `GET /api/jobs/${id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${session.server.token}\r\n\r\n`,
  );
  return socket;
}

async function state(id: string): Promise<string> {
  return ((await (await session.get(`/api/jobs/${id}`)).json()) as { state: string }).state;
}
