import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';

/**
 * Speaks the part of ClickHouse's HTTP that the official client uses, in front of the real engine in this process. It
 * cannot show what only a server has: users, TLS, progress headers, clusters.
 * @returns {Promise<{url: string, sql: (text: string) => Promise<string>, close: () => Promise<void>}>}
 */
export async function openBridge() {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bridge-'));
  const sessions = sessionPool(join(folder, 'data'), 6);
  const server = createServer((request, response) => {
    answer(request, folder, sessions).then(
      (body) => response.writeHead(200, { 'X-ClickHouse-Query-Id': query(request).get('query_id') ?? '' }).end(body),
      (error) => {
        const message = String(error.message).replace(/^Query failed: /, '');
        const code = /Code: (\d+)/.exec(message)?.[1] ?? '1001';
        response.writeHead(500, { 'X-ClickHouse-Exception-Code': code }).end(message);
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    sql: (text) => sessions.with(async (run) => String(await run(text, 'TabSeparated'))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sessions.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Parameters of the client that are no settings of the engine. */
const ofHttp = new Set(['query', 'query_id', 'database', 'session_id', 'wait_end_of_query', 'enable_http_compression']);

let files = 0;

async function answer(request, folder, sessions) {
  if (request.url === '/ping') return 'Ok.\n';
  const asked = query(request);
  const body = await bytesOf(request);
  const inUrl = asked.get('query');
  const given = (inUrl ?? body.toString()).trim().replace(/;$/, '');
  // The engine in process gives a query no name, so the name travels as its comment.
  const sql = given.replace(/\bquery_id = /g, `Settings['log_comment'] = `);
  const path = inUrl !== null && body.length > 0 ? join(folder, `body${++files}`) : null;
  const [, text, format] = /^([^]*?)(?:\sFORMAT\s+(\w+))?$/.exec(sql);
  return sessions.with(async (run) => {
    await run(settingsOf(asked));
    await run(`USE ${asked.get('database') ?? 'default'}`);
    if (path === null) return run(text, format ?? 'TabSeparated');
    await writeFile(path, body);
    try {
      return await run(`${text} FROM INFILE '${path}' FORMAT ${format}`);
    } finally {
      await rm(path);
    }
  });
}

function query(request) {
  return new URL(request.url, 'http://bridge').searchParams;
}

function settingsOf(asked) {
  const pairs = [...asked].filter(([name]) => !ofHttp.has(name)).map(([name, value]) => `${name} = ${literal(value)}`);
  return `SET ${[...pairs, `log_comment = ${literal(asked.get('query_id') ?? '')}`].join(', ')}`;
}

function literal(value) {
  return /^\d+$/.test(value) && value.length < 19
    ? value
    : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

async function bytesOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Sessions on one data directory, each used by one request at a time: settings are a session's own. */
function sessionPool(path, most) {
  const all = [];
  const idle = [];
  const waiting = [];
  const take = () => {
    if (idle.length > 0) return Promise.resolve(idle.pop());
    if (all.length < most) {
      const session = new Session(path);
      all.push(session);
      return Promise.resolve(session);
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const give = (session) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(session);
    else next(session);
  };
  return {
    with: async (work) => {
      const session = await take();
      const run = async (sql, format) => {
        try {
          const result = await session.queryAsync(sql, format === undefined ? {} : { format });
          return Buffer.from(result.bytes());
        } catch (error) {
          // Rows of a query that failed half-way come out in front of the next result; this one is thrown away.
          await session.queryAsync('SELECT 1').catch(() => {});
          throw error;
        }
      };
      try {
        return await work(run);
      } finally {
        give(session);
      }
    },
    close: async () => {
      for (const session of all) session.close?.();
    },
  };
}
