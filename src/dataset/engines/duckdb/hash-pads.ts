import type { DuckDBConnection } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { hashPads } from '../../sql/hash-pads.js';
import { hashKey } from '../../../core/hash-key.js';

/** Bytes of a block of SHA-256. */
const block = 64;

/**
 * Keeps the two pads of HMAC (RFC 2104) in a table of the engine, so that the key stands in no SQL text; nulls where
 * there is no key.
 */
export async function storeHashPads(connection: DuckDBConnection): Promise<void> {
  const { table, inner, outer } = hashPads;
  await connection.run(`CREATE TABLE ${table} (${inner} BLOB, ${outer} BLOB)`);
  const key = hashKey();
  const hex = (pad: number): string | null => (key === null ? null : padded(key, pad).toString('hex'));
  await connection.run(`INSERT INTO ${table} VALUES (unhex($1), unhex($2))`, [hex(0x36), hex(0x5c)]);
}

function padded(key: Buffer, pad: number): Buffer {
  const short = key.length > block ? createHash('sha256').update(key).digest() : key;
  return Buffer.alloc(block, pad).map((byte, i) => byte ^ (short[i] ?? 0)) as Buffer;
}
