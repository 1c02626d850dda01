import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { run } from './conformance.js';

run('duckdb', (threads) => createDuckDb({ threads, memory: '1GB' }));
