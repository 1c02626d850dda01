import type { Dialect } from '../../core/engine.js';
import { duckDbDialect } from './dialect-duckdb.js';

const { id, text } = duckDbDialect;

/**
 * ClickHouse's words for what engines say differently. Names and texts are quoted as in every shape: the whole query is
 * written in ClickHouse's way at once, before it is sent.
 */
export const clickHouseDialect: Dialect = {
  name: 'clickhouse',
  id,
  text,
  uniform: (seed, key) =>
    // The same digest, the same 53 bits; `mid` counts bytes.
    `(bitShiftRight(reinterpretAsUInt64(mid(MD5(coalesce(CAST(${key} AS VARCHAR), '') || ${text(`|${seed}`)}), 1, 8)), 11) * 1.1102230246251565e-16)`,
  // A tuple, because the hash of a null alone is null.
  rowHash: (expressions) =>
    expressions.length === 0 ? 'CAST(0 AS UBIGINT)' : `sipHash64(tuple(${expressions.join(', ')}))`,
  epoch: (expression, type) => {
    if (type === 'DATE') return `(CAST(toInt32(${expression}) AS DOUBLE) * 86400)`;
    if (type.startsWith('TIMESTAMP')) return `(toUnixTimestamp64Micro(${expression}) / 1e6)`;
    return `CAST(${expression} AS DOUBLE)`;
  },
  since: (expression, type, seconds) => `${clickHouseDialect.epoch(expression, type)} >= ${seconds}`,
  asText: (expression, type) => {
    if (type === 'VARCHAR') return expression;
    // Only floats and moments are printed otherwise than elsewhere.
    return /^(FLOAT|DOUBLE|TIMESTAMP)/.test(type) ? `CAST(${expression} AS VARCHAR)` : `toString(${expression})`;
  },
  matches: (expression, pattern) => `match(${expression}, ${text(pattern)})`,
  extract: (expression, pattern) => `extract(${expression}, ${text(pattern)})`,
  replace: (expression, pattern, by) =>
    `replaceRegexpAll(${expression}, ${text(pattern)}, ${text(by.replaceAll('\\', '\\\\'))})`,
  luhn: (digits) => {
    const reversed = `arrayReverse(arrayMap(c -> toInt32(c), extractAll(coalesce(${digits}, ''), '[0-9]')))`;
    const sum = `arraySum(arrayMap((c, i) -> if(i % 2 = 1, c, c * 2 - if(c > 4, 9, 0)), ${reversed}, arrayEnumerate(${reversed})))`;
    return `(${sum} % 10 = 0)`;
  },
  histogram: (expression, edges) => {
    const ends = edges.map((edge) => `CAST('${edge}' AS DOUBLE)`).join(', ');
    const bin = edges.length === 0 ? '0' : `arrayCount(e -> e < assumeNotNull(${expression}), [${ends}])`;
    const marks = `arrayMap(j -> toInt64(j = ${bin}), range(${edges.length + 1}))`;
    return `sumForEach(${marks}) FILTER (WHERE ${expression} IS NOT NULL)`;
  },
  json: (fields) => {
    const parts = Object.entries(fields).map(
      ([name, value]) => `${text(`${JSON.stringify(name)}:`)} || toJSONString(${value})`,
    );
    return parts.length === 0 ? "'{}'" : `('{' || ${parts.join(" || ',' || ")} || '}')`;
  },
  // The key of the process must not reach a server.
  keyedHash: () => `CAST(throwIf(true, 'keyed hashes are not made by ClickHouse') AS VARCHAR)`,
  quantile: (expression, q) => `quantile_cont(CAST(${expression} AS DOUBLE), ${q})`,
};
