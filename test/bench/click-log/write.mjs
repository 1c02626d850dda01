// A click log as a file in the wild, for benches: 20 columns of all kinds, drawn by a hash of the row number, so that the
// same rows come on every machine.
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

// Of one text, as hashes of several values depend on each other.
/** @param {string} name */
const random = (name) => `(CAST(hash('${name} ' || row) >> 11 AS DOUBLE) / 9007199254740992)`;
/** @type {(name: string, below: number) => string} */
const whole = (name, below) => `CAST(floor(${random(name)} * ${below}) AS INTEGER)`;
// Cubed, so that few ids have most of the rows.
/** @type {(name: string, below: number) => string} */
const skewed = (name, below) => `CAST(floor(pow(${random(name)}, 3) * ${below}) AS BIGINT)`;
/** @param {string} name */
const normal = (name) =>
  `(sqrt(-2 * ln(1 - ${random(`${name} a`)})) * cos(6.283185307179586 * ${random(`${name} b`)}))`;

/**
 * The columns of a log of `rows` rows. What is wrong with it: nulls, a sentinel, one day without a column, and rows that
 * repeat the row before.
 * @param {number} rows
 * @returns {Record<string, string>}
 */
const columnsOf = (rows) => ({
  click: `CAST(${random('click')} < .02 + .03 * ${random('quality')} AS TINYINT)`,
  shown_at: `TIMESTAMP '2026-01-01' + to_seconds(CAST(row * 28 * 86400 // ${rows} AS BIGINT))`,
  user_id: `1 + ${skewed('user', 400_000)}`,
  item_id: `1 + ${skewed('item', 50_000)}`,
  position: `${whole('position', 20)} + 1`,
  device: `['phone', 'tablet', 'desktop', 'tv'][1 + ${whole('device', 4)}]`,
  country: `'c' || ${skewed('country', 60)}`,
  app: `'v' || (1 + row // ${rows / 4}) || '.' || ${whole('app', 6)}`,
  campaign: `'campaign ' || ${skewed('campaign', 3000)}`,
  category: whole('category', 40),
  referrer: `'https://example.org/' || ${skewed('referrer', 20_000)}`,
  age: `CASE WHEN ${random('no age')} < .06 THEN NULL WHEN ${random('sentinel')} < .01 THEN -999 ELSE 18 + ${whole('age', 60)} END`,
  price: `round(exp(3 + ${normal('price')}), 2)`,
  quality: `CASE WHEN row // ${Math.round(rows / 28)} = 9 AND ${random('outage')} < .5 THEN NULL ELSE ${random('quality')} END`,
  rate_7d: `pow(${random('rate')}, 4)`,
  views_30d: `CAST(floor(exp(2 + ${normal('views')})) AS INTEGER)`,
  dwell_s: `CASE WHEN ${random('no dwell')} < .02 THEN NULL ELSE exp(1 + .8 * ${normal('dwell')}) END`,
  match: `CAST(${normal('match')} AS FLOAT)`,
  member: `${random('member')} < .3`,
  note: `CASE WHEN ${random('no note')} < .03 THEN 'N/A' ELSE 'n' || ${whole('note', 200)} END`,
});

/** How `assay` is told the roles of its columns. */
export const clickLogRoles = '--label click --time shown_at --user user_id --item item_id --position position'.split(
  ' ',
);

/**
 * Writes a log of `rows` rows to a Parquet file, by DuckDB's own writer, with the dictionaries that files in the wild have;
 * the engine of Assay writes without.
 * @param {string} file
 * @param {number} rows
 */
export async function writeClickLog(file, rows) {
  mkdirSync(path.dirname(file), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const values = Object.entries(columnsOf(rows)).map(([name, sql]) => `${sql} AS ${name}`);
  const repeated = `SELECT range - (CASE WHEN hash(range, 'copy') % 200 = 0 THEN 1 ELSE 0 END) AS row FROM range(${rows})`;
  await connection.run(`COPY (SELECT ${values.join(', ')} FROM (${repeated})) TO '${file}.part' (FORMAT parquet)`);
  connection.closeSync();
  renameSync(`${file}.part`, file);
}
