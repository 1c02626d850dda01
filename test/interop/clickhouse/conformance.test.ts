import { afterAll, beforeAll } from 'vitest';
import { createClickHouse } from '../../../src/dataset/engines/clickhouse/engine.js';
import { run } from '../../dataset/conformance.js';
import { openBridge } from './bridge.js';

let bridge: Awaited<ReturnType<typeof openBridge>>;
beforeAll(async () => {
  bridge = await openBridge();
});
afterAll(() => bridge.close());

run('clickhouse, in process', (threads) => createClickHouse({ url: bridge.url, threads }), { textFiles: true });
