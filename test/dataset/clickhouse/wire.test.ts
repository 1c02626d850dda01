import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../../src/core/engine.js';
import { createClickHouse, type ClickHouseOptions } from '../../../src/dataset/engines/clickhouse/engine.js';
import { assay, inFolder } from '../../cli/assay.js';
import { fail, numbersRow, openWire, type Answer, type Wire } from './wire.js';

const opened: Wire[] = [];
afterEach(async () => {
  for (const wire of opened.splice(0)) await wire.close();
});
async function listen(answer: Answer, tls?: { readonly key: string; readonly cert: string }): Promise<Wire> {
  const wire = await openWire(answer, tls);
  opened.push(wire);
  return wire;
}

const secret = 'hunter2-of-the-reader';
const call = (more: Partial<Call> = {}): Call => ({ id: 'test', signal: new AbortController().signal, ...more });
const one = (_: unknown, response: Parameters<Answer>[1]): void =>
  void response.writeHead(200).end(numbersRow({ x: 1 }));
/** Does what it is told; `SELECT` is left to the test. */
const doing =
  (answer: Answer): Answer =>
  (asked, response) =>
    asked.sql.startsWith('SELECT') && !asked.sql.includes('system.processes')
      ? answer(asked, response)
      : void response.writeHead(200).end();

async function onWire<T>(
  wire: Wire,
  options: Partial<ClickHouseOptions>,
  body: (engine: Awaited<ReturnType<typeof createClickHouse>>) => Promise<T>,
): Promise<T> {
  const engine = await createClickHouse({ url: `http://127.0.0.1:${wire.port}`, ...options });
  try {
    return await body(engine);
  } finally {
    await engine.close();
  }
}

/** Waits until a thing has come about; the test's own limit of time ends it. */
async function until(come: () => boolean): Promise<void> {
  while (!come()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('what the official client puts on the wire (a server of the test: no engine behind it)', () => {
  it('user and password in a header, in no address, no argument, no output and no file', () =>
    inFolder(async (folder) => {
      const wire = await listen((_, response) => fail(response, 516, 'reader: Authentication failed'));
      const address = `clickhouse://127.0.0.1:${wire.port}/shop/log`;
      const env = { ASSAY_CLICKHOUSE_USER: 'reader', ASSAY_CLICKHOUSE_PASSWORD: secret };
      let line = '';
      const ended = await assay(folder, ['audit', address, '--key', 'id', '--verbose'], {
        env,
        started: (child) => (line = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')),
      });
      expect(ended.err).toMatch(/^assay: The server "http:\/\/127.*" refuses: .*Authentication failed/);
      expect(ended).toMatchObject({ code: 3, out: '' });
      const { headers, url } = wire.asked[0]!;
      const given = Buffer.from(headers.authorization!.replace('Basic ', ''), 'base64').toString();
      expect(given).toBe(`reader:${secret}`);
      expect(headers['user-agent']).toMatch(/^assay /);
      expect(String(url)).not.toContain(secret);
      expect(line).toContain('audit');
      for (const text of [line, ended.err, ended.out]) expect(text).not.toContain(secret);
      const written = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
      for (const { parentPath, name } of written)
        expect(await readFile(path.join(parentPath, name), 'latin1')).not.toContain(secret);
    }));

  it('each query under a name of its own, with the limits of memory and time and what makes answers alike', async () => {
    const wire = await listen(doing(one));
    await onWire(wire, { memoryBytes: 4e9, threads: 3, seconds: 60 }, async (engine) => {
      await engine.rows({ sql: 'SELECT 1 AS x' }, 1, call());
      await engine.rows({ sql: 'SELECT 1 AS x' }, 1, call());
    });
    const names = wire.asked.map(({ given }) => given['query_id']);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^assay-[0-9a-f-]{36}$/);
    for (const { given } of wire.asked)
      expect(given).toMatchObject({
        max_memory_usage: '4000000000',
        max_bytes_before_external_group_by: '1000000000',
        max_threads: '3',
        max_execution_time: '60',
        join_use_nulls: '1',
        wait_end_of_query: '1',
        session_timezone: 'UTC',
      });
  });

  it('a database of its own, named so that a left one is known, made first and dropped last', async () => {
    const wire = await listen(doing(one));
    await onWire(wire, {}, (engine) => engine.rows({ sql: 'SELECT 1 AS x' }, 1, call()));
    const [first, last] = [wire.asked[0]!, wire.asked.at(-1)!];
    const [, name] = /^CREATE DATABASE "(assay_scratch_\d{8}_\d{6}_[0-9a-f]{8})"$/.exec(first.sql)!;
    expect(wire.asked[1]!.given['database']).toBe(name);
    expect(last.sql).toBe(`DROP DATABASE IF EXISTS "${name}" SYNC`);
  });

  it('a kill of the query by its name where the run is interrupted, cancelled or out of time', async () => {
    for (const how of ['interrupted', 'cancelled', 'timeout'] as const) {
      // The answer to the question never comes.
      const wire = await listen(doing(() => {}));
      await onWire(wire, {}, async (engine) => {
        const stop = new AbortController();
        const asking = engine.rows(
          { sql: 'SELECT slow AS x' },
          1,
          call({ signal: stop.signal, ...(how === 'timeout' ? { timeoutMs: 50 } : {}) }),
        );
        asking.catch(() => {});
        const slow = (): Wire['asked'][number] | undefined => wire.asked.find(({ sql }) => sql.includes('slow'));
        await until(() => slow() !== undefined);
        if (how === 'interrupted') stop.abort();
        if (how === 'cancelled') await engine.cancel('test');
        await expect(asking).rejects.toMatchObject(
          how === 'interrupted' ? { code: 'interrupted' } : { code: 'engine-failed', args: { kind: how } },
        );
        await until(() => slow()!.left);
        const kill = wire.asked.find(({ sql }) => sql.startsWith('KILL'))!;
        expect(kill.sql).toContain('KILL QUERY WHERE query_id = {id:String} ASYNC');
        expect(kill.given['param_id']).toBe(slow()!.given['query_id']);
      });
    }
  });

  it('a question again where the way broke, three times at most; a deed never', async () => {
    const wire = await listen(doing((_, response) => response.destroy()));
    await onWire(wire, {}, async (engine) => {
      await expect(engine.rows({ sql: 'SELECT 1 AS x' }, 1, call())).rejects.toMatchObject({
        code: 'server-unreachable',
      });
    });
    expect(wire.asked.filter(({ sql }) => sql.startsWith('SELECT'))).toHaveLength(3);
    const broken = await listen((asked, response) =>
      asked.sql.startsWith('CREATE TABLE') ? response.destroy() : void response.writeHead(200).end(),
    );
    await onWire(broken, {}, async (engine) => {
      const making = engine.write({ sql: 'SELECT 1 AS x' }, { kind: 'table', name: 't' }, call());
      await expect(making).rejects.toMatchObject({ code: 'server-unreachable' });
    });
    expect(broken.asked.filter(({ sql }) => sql.startsWith('CREATE TABLE'))).toHaveLength(1);
  });

  it('an answer that breaks off is an error, never half a result', async () => {
    const whole = numbersRow({ x: 1 });
    const wire = await listen(
      doing((_, response) => {
        response.writeHead(200, { 'Content-Length': whole.length });
        response.write(whole.subarray(0, whole.length >> 1), () => response.destroy());
      }),
    );
    await onWire(wire, {}, async (engine) => {
      const broken = { name: 'AssayError', code: 'server-unreachable' };
      const query = { sql: 'SELECT 1 AS x' };
      await expect(engine.rows(query, 1, call())).rejects.toMatchObject(broken);
      await expect(engine.batches(query, call())[Symbol.asyncIterator]().next()).rejects.toMatchObject(broken);
      await inFolder(async (folder) => {
        const file = path.join(folder, 'x.parquet');
        await expect(engine.write(query, { kind: 'parquet', path: file }, call())).rejects.toMatchObject(broken);
        expect(await readdir(folder)).toEqual([]);
      });
    });
  });

  it.each([
    [241, 'memory', 3],
    [159, 'timeout', 4],
    [394, 'cancelled', 4],
    [62, 'syntax', 4],
  ])('code %d of the server as the fault %s', async (code, kind, exit) => {
    const wire = await listen(doing((_, response) => fail(response, code, 'so it says')));
    await onWire(wire, {}, async (engine) => {
      await expect(engine.rows({ sql: 'SELECT 1 AS x' }, 1, call())).rejects.toMatchObject({ args: { kind }, exit });
    });
  });

  it('how far a long query is, asked of the server every two seconds', async () => {
    const seen: (readonly [number, number])[] = [];
    const wire = await listen((asked, response) => {
      if (asked.sql.includes('system.processes')) {
        response.writeHead(200).end('{"read_rows":"700","total_rows_approx":"1000"}\n');
        return;
      }
      if (!asked.sql.startsWith('SELECT')) {
        response.writeHead(200).end();
        return;
      }
      const look = setInterval(() => {
        if (seen.length === 0) return;
        clearInterval(look);
        response.writeHead(200).end(numbersRow({ x: 1 }));
      }, 5);
    });
    const onProgress = (read: number, total: number): void => void seen.push([read, total]);
    await onWire(wire, { onProgress }, (engine) => engine.rows({ sql: 'SELECT 1 AS x' }, 1, call()));
    expect(seen[0]).toEqual([700, 1000]);
  });

  it('TLS with a certificate that must be trusted', () =>
    inFolder(async (folder) => {
      const [keyFile, certFile] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const made = [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ];
      execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
      const tls = { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
      const wire = await listen((_, response) => fail(response, 516, 'Authentication failed'), tls);
      const args = ['audit', `clickhouse://127.0.0.1:${wire.port}/shop/log?tls=true`, '--key', 'id', '--quiet'];
      const stranger = await assay(folder, args);
      expect(stranger.err).toMatch(/cannot be reached: self-signed certificate\. Check host, port and TLS/);
      expect(stranger).toMatchObject({ code: 3, out: '' });
      expect(wire.asked).toEqual([]);
      const trusted = await assay(folder, args, { env: { NODE_EXTRA_CA_CERTS: certFile } });
      expect(trusted.err).toMatch(/^assay: The server "https:\/\/127.*" refuses/);
      expect(wire.asked.length).toBeGreaterThan(0);
      const plain = await assay(
        folder,
        args.map((arg) => arg.replace('?tls=true', '')),
      );
      expect(plain.err).toMatch(/cannot be reached/);
      expect(plain.code).toBe(3);
    }));
});
