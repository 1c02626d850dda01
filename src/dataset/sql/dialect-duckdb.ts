import type { Dialect } from '../../core/engine.js';
import type { TypeName } from '../../core/plan.js';
import { hashPads } from './hash-pads.js';

/** DuckDB's words for what engines say differently. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  id: (name) => `"${name.replaceAll('"', '""')}"`,
  text: (value) => textLiteral(value),
  uniform: (seed, key) =>
    // The upper 53 bits of the first half of an MD5 digest: md5 is what every engine has, and 53 bits fill a double.
    `(CAST(md5_number_upper(coalesce(CAST(${key} AS VARCHAR), '') || ${textLiteral(`|${seed}`)}) >> 11 AS DOUBLE) * 1.1102230246251565e-16)`,
  rowHash: (expressions) => (expressions.length === 0 ? 'CAST(0 AS UBIGINT)' : `hash(${expressions.join(', ')})`),
  epoch: (expression, type) => (isTemporal(type) ? `epoch(${expression})` : `CAST(${expression} AS DOUBLE)`),
  since: (expression, type, seconds) => {
    // A comparison with a constant takes half the time of the seconds of every cell.
    if (!isTemporal(type) || !Number.isInteger(seconds))
      return `${duckDbDialect.epoch(expression, type)} >= ${seconds}`;
    const make = type === 'TIMESTAMPTZ' ? 'make_timestamptz' : 'make_timestamp';
    return `${expression} >= ${make}(CAST(${seconds} AS BIGINT) * 1000000)`;
  },
  asText: (expression, type) => (type === 'VARCHAR' ? expression : `CAST(${expression} AS VARCHAR)`),
  matches: (expression, pattern) => `regexp_matches(${expression}, ${textLiteral(pattern)})`,
  extract: (expression, pattern) => `regexp_extract(${expression}, ${textLiteral(pattern)})`,
  replace: (expression, pattern, by) =>
    `regexp_replace(${expression}, ${textLiteral(pattern)}, ${textLiteral(by)}, 'g')`,
  luhn: luhnSql,
  json: (fields) => {
    const named = Object.entries(fields).map(([name, value]) => `${textLiteral(name)}, ${value}`);
    return `CAST(json_object(${named.join(', ')}) AS VARCHAR)`;
  },
  keyedHash: (expression) => {
    const missing = "error('a keyed hash needs a key: set ASSAY_HASH_KEY or ASSAY_HASH_KEY_FILE')";
    const inner = `unhex(sha256(coalesce(${pad(hashPads.inner)}, ${missing}) || encode(${expression})))`;
    return `left(sha256(${pad(hashPads.outer)} || ${inner}), 32)`;
  },
  quantile: (expression, q) => `quantile_cont(CAST(${expression} AS DOUBLE), ${q})`,
  histogram: (expression, edges) => {
    // Quoted: a bare number is read as a decimal, which is not always the double that was meant.
    const ends = [...edges.map(String), 'infinity'].map((edge) => `CAST('${edge}' AS DOUBLE)`);
    return `map_values(histogram(${expression}, [${ends.join(', ')}]))`;
  },
};

function pad(column: string): string {
  return `(SELECT ${column} FROM ${hashPads.table})`;
}

/** DuckDB reads backslashes as they are; only the quote is doubled. NUL cannot stand in SQL text. */
function textLiteral(value: string): string {
  return value
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}

function isTemporal(type: TypeName): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

/** Every second digit from the right is doubled, less nine where two-digited; the sum is a multiple of ten. */
function luhnSql(digits: string): string {
  const terms = Array.from({ length: 19 }, (_, i) => {
    const digit = `coalesce(TRY_CAST(CASE WHEN length(d) > ${i} THEN substr(d, length(d) - ${i}, 1) END AS INTEGER), 0)`;
    return i % 2 === 0 ? digit : `(${digit} * 2 - CASE WHEN ${digit} > 4 THEN 9 ELSE 0 END)`;
  });
  return `((SELECT (${terms.join(' + ')}) % 10 FROM (SELECT ${digits} AS d)) = 0)`;
}
