import { expect, it } from 'vitest';
import { createClickHouse } from '../../../src/dataset/engines/clickhouse/engine.js';
import { run } from '../../dataset/conformance.js';

/** Addresses of real servers, such as `http://localhost:8123,http://localhost:8124`. */
const urls = (process.env['ASSAY_CLICKHOUSE_URL'] ?? '').split(',').filter((url) => url !== '');
const user = process.env['ASSAY_CLICKHOUSE_USER'];
const password = process.env['ASSAY_CLICKHOUSE_PASSWORD'];

it.skipIf(urls.length === 0)('runs on the servers of ASSAY_CLICKHOUSE_URL; not run without it', () => {
  expect(urls.every((url) => URL.canParse(url))).toBe(true);
});

for (const url of urls) {
  const who = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
  run(`clickhouse, ${url}`, (threads) => createClickHouse({ url, threads, ...who }), { textFiles: true });
}
