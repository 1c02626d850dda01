import { describe, it } from 'vitest';
import { createClickHouse } from '../../../src/dataset/engines/clickhouse/engine.js';
import { run } from '../../dataset/conformance.js';

/** Addresses of real servers, such as `http://localhost:8123,http://localhost:8124`. */
const urls = (process.env['ASSAY_CLICKHOUSE_URL'] ?? '').split(',').filter((url) => url !== '');
const user = process.env['ASSAY_CLICKHOUSE_USER'];
const password = process.env['ASSAY_CLICKHOUSE_PASSWORD'];

if (urls.length === 0)
  describe('on real servers', () => {
    it.skip('not run: ASSAY_CLICKHOUSE_URL is not set', () => {});
  });

for (const url of urls) {
  const who = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
  run(`clickhouse, ${url}`, (threads) => createClickHouse({ url, threads, ...who }), { textFiles: true });
}
