import type { Node } from './tokens.js';
import { bitsSql, castSql, tryCastSql } from './casts.js';
import { callSql } from './functions.js';
import { nameLiteral, textLiteral } from './literals.js';
import { isMark, isWord, parseSql, splitAtCommas } from './tokens.js';

/** Writes a hole `$name` as ClickHouse wants it: with the type of its value. */
export type HoleSql = (name: string) => string;

/**
 * The SQL of the shapes, written for DuckDB, as SQL of ClickHouse. The two agree in nearly everything; what differs is
 * casts, names of functions, how texts are escaped, that a count is unsigned, and that a condition is a number.
 */
export function clickHouseSql(sql: string, hole: HoleSql): string {
  return sequence(parseSql(sql), hole);
}

/** Words that stand before a bracket without calling anything. */
const noCalls = new Set(
  'AND OR NOT IN AS FROM JOIN ON OVER FILTER WHERE SELECT SETS ALL DISTINCT WHEN THEN ELSE CASE BY HAVING UNION EXISTS VALUES BETWEEN LIKE USING QUALIFY LIMIT WITH IS'.split(
    ' ',
  ),
);

/** Words that end a list of selected expressions. */
const afterList = ['FROM', 'WHERE', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'UNION', 'EXCEPT', 'INTERSECT', 'QUALIFY'];

function sequence(nodes: readonly Node[], hole: HoleSql): string {
  const united = unitedThenOrdered(nodes);
  if (united !== null) {
    const [before, union, after] = united.map((part) => plain(part, hole));
    return joined([before!, 'SELECT * FROM (', union!, ')', after!]);
  }
  return plain(nodes, hole);
}

/**
 * A union with an order behind it, as what stands before (WITH), the union and its order; null for anything else.
 * ClickHouse takes the order for that of the last part alone.
 */
function unitedThenOrdered(nodes: readonly Node[]): readonly (readonly Node[])[] | null {
  const last = nodes.findLastIndex((node) => isWord(node, 'UNION'));
  if (last < 0) return null;
  const end = nodes.findIndex((node, i) => i > last && isWord(node, 'ORDER', 'LIMIT'));
  if (end < 0) return null;
  const start = nodes.findIndex(
    (node) =>
      isWord(node, 'SELECT') || (node.kind === 'group' && isWord(node.nodes[0], 'SELECT') && !isWord(nodes[0], 'WITH')),
  );
  return [nodes.slice(0, start), nodes.slice(start, end), nodes.slice(end)];
}

function plain(nodes: readonly Node[], hole: HoleSql): string {
  const out: string[] = [];
  for (let i = 0; i < nodes.length;) {
    if (!isWord(nodes[i], 'SELECT')) {
      const { sql, next } = piece(nodes, i, hole);
      out.push(sql);
      i = next;
      continue;
    }
    out.push('SELECT');
    i++;
    if (isWord(nodes[i], 'DISTINCT', 'ALL')) out.push(leaf(nodes[i++]!, hole));
    let end = i;
    while (end < nodes.length && !endsList(nodes, end)) end++;
    const items = splitAtCommas(nodes.slice(i, end)).map((item) => selected(item, hole));
    out.push(items.join(', '));
    i = end;
  }
  return joined(out);
}

/** A word that ends a list; the FROM of IS DISTINCT FROM does not. */
function endsList(nodes: readonly Node[], i: number): boolean {
  return isWord(nodes[i], ...afterList) && !(isWord(nodes[i], 'FROM') && isWord(nodes[i - 1], 'DISTINCT'));
}

/** Pieces with blanks between them, but not around the point of a qualified name; within a text a point is a point. */
function joined(pieces: readonly string[]): string {
  return pieces.reduce((sql, next, i) => {
    const blank = i === 0 || next === '' || next === '.' || pieces[i - 1] === '.' ? '' : ' ';
    return `${sql}${blank}${next}`;
  }, '');
}

/** A selected expression; a condition becomes a truth value, which is another type than the numbers it is made of. */
function selected(item: readonly Node[], hole: HoleSql): string {
  const as = item.findLastIndex((node) => isWord(node, 'AS'));
  const value = as < 0 ? item : item.slice(0, as);
  const sql = sequence(value, hole);
  const typed = isCondition(value) ? `CAST(${sql} AS Nullable(Bool))` : sql;
  return as < 0 ? typed : `${typed} AS ${sequence(item.slice(as + 1), hole)}`;
}

const conditionCalls = new Set(['bool_or', 'bool_and', 'isnan', 'isfinite', 'signbit', 'contains', 'match']);

/** Whether an expression is true or false by its form. */
function isCondition(nodes: readonly Node[]): boolean {
  if (nodes.length === 1 && nodes[0]!.kind === 'group')
    return nodes[0]!.open === '(' && !isWord(nodes[0]!.nodes[0], 'SELECT', 'WITH') && isCondition(nodes[0]!.nodes);
  let depth = 0;
  for (const node of nodes) {
    if (isWord(node, 'CASE')) depth++;
    if (isWord(node, 'END')) depth--;
    if (depth > 0) continue;
    if (isMark(node, '=', '<', '>', '<=', '>=', '<>', '!=')) return true;
    if (isWord(node, 'AND', 'OR', 'NOT', 'IS', 'IN', 'LIKE', 'BETWEEN')) return true;
  }
  if (isWord(nodes[0], 'CASE') && isWord(nodes.at(-1), 'END')) return outcomesOf(nodes).some(isTruth);
  const [word, group] = nodes;
  if (nodes.length !== 2 || word?.kind !== 'word' || group?.kind !== 'group') return false;
  const name = word.text.toLowerCase();
  return (
    conditionCalls.has(name) ||
    (name === 'coalesce' &&
      splitAtCommas(group.nodes).some((part) => isCondition(part) || isWord(part[0], 'TRUE', 'FALSE')))
  );
}

/** What stands behind the THEN and ELSE of a CASE. */
function outcomesOf(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const outcomes: Node[][] = [];
  let depth = 0;
  let open = false;
  for (const node of nodes) {
    if (isWord(node, 'END')) depth--;
    const own = depth === 1 && isWord(node, 'WHEN', 'THEN', 'ELSE');
    if (own) open = isWord(node, 'THEN', 'ELSE');
    if (own && open) outcomes.push([]);
    if (!own && open && depth > 0) outcomes.at(-1)!.push(node);
    if (isWord(node, 'CASE')) depth++;
  }
  return outcomes;
}

function isTruth(nodes: readonly Node[]): boolean {
  return (nodes.length === 1 && isWord(nodes[0], 'TRUE', 'FALSE')) || isCondition(nodes);
}

interface Piece {
  readonly sql: string;
  readonly next: number;
}

/** One piece of SQL from place `i` on: a call with what belongs to it, a typed literal, a bracket, a leaf. */
function piece(nodes: readonly Node[], i: number, hole: HoleSql): Piece {
  const node = nodes[i]!;
  const after = nodes[i + 1];
  // Nothing that is said WITH is kept there anyway.
  if (isWord(node, 'NOT') && isWord(after, 'MATERIALIZED')) return { sql: '', next: i + 2 };
  if (node.kind === 'word' && after?.kind === 'group' && after.open === '(' && !noCalls.has(node.text.toUpperCase()))
    return called(node.text, after.nodes, nodes, i + 2, hole);
  if (isWord(node, 'DATE') && after?.kind === 'text')
    return { sql: `toDate32(${textLiteral(after.text)})`, next: i + 2 };
  if (isWord(node, 'TIMESTAMP') && after?.kind === 'text')
    return { sql: `toDateTime64(${textLiteral(after.text)}, 6, 'UTC')`, next: i + 2 };
  // A whole number is INTEGER in the shapes; ClickHouse takes the narrowest unsigned type.
  if (isWord(nodes[i - 1], 'THEN', 'ELSE') && node.kind === 'number' && /^\d{1,9}$/.test(node.text))
    return { sql: `toInt32(${node.text})`, next: i + 1 };
  return { sql: leaf(node, hole), next: i + 1 };
}

function leaf(node: Node, hole: HoleSql): string {
  switch (node.kind) {
    case 'group':
      return node.open === '(' ? `(${sequence(node.nodes, hole)})` : `[${sequence(node.nodes, hole)}]`;
    case 'text':
      return textLiteral(node.text);
    case 'name':
      return nameLiteral(node.text);
    case 'hole':
      return hole(node.text);
    default:
      return node.text;
  }
}

/** A call with its FILTER and OVER. */
function called(name: string, args: readonly Node[], nodes: readonly Node[], from: number, hole: HoleSql): Piece {
  const known = name.toLowerCase();
  if (known === 'cast' || known === 'try_cast') return { sql: cast(known, args, hole), next: from };
  const distinct = isWord(args[0], 'DISTINCT');
  const list = splitAtCommas(distinct ? args.slice(1) : args).map((arg) => sequence(arg, hole));
  const tail: string[] = [];
  let next = from;
  for (;;) {
    const group = nodes[next + 1];
    if (isWord(nodes[next], 'OVER') && group?.kind === 'word') {
      tail.push(`OVER ${group.text}`);
      next += 2;
      continue;
    }
    if (group?.kind !== 'group' || !isWord(nodes[next], 'FILTER', 'OVER')) break;
    const isFilter = isWord(nodes[next], 'FILTER');
    const where = isFilter && !isWord(group.nodes[0], 'WHERE') ? 'WHERE ' : '';
    tail.push(`${isFilter ? 'FILTER' : 'OVER'} (${where}${sequence(group.nodes, hole)})`);
    next += 2;
  }
  const call = distinct && known === 'count' ? `uniqExact(${list.join(', ')})` : callSql(name, list);
  const whole = [call, ...tail].join(' ');
  // A count is BIGINT in the shapes; unsigned numbers do not mix with negative ones.
  const signed =
    known === 'count' || known === 'approx_count_distinct' || known.endsWith('_number') || known.endsWith('rank');
  if (signed && known !== 'percent_rank') return { sql: `toInt64(${whole})`, next };
  return { sql: known.startsWith('bool_') ? `CAST(${whole} AS Nullable(Bool))` : whole, next };
}

/** The digits of `CAST('0101…' AS BIT)`, of which a float is made; null for anything else. */
function bitsOf(value: readonly Node[]): string | null {
  const [word, group] = value;
  if (value.length !== 2 || !isWord(word, 'CAST') || group?.kind !== 'group') return null;
  const [text, as, type] = group.nodes;
  return group.nodes.length === 3 && text?.kind === 'text' && isWord(as, 'AS') && isWord(type, 'BIT')
    ? text.text
    : null;
}

const wholeCalls = new Set(['count', 'floor', 'ceil', 'trunc', 'round', 'row_number']);

function cast(kind: 'cast' | 'try_cast', args: readonly Node[], hole: HoleSql): string {
  const as = args.findLastIndex((node) => isWord(node, 'AS'));
  const value = args.slice(0, as);
  const type = typeText(args.slice(as + 1));
  const bits = bitsOf(value);
  if (bits !== null) return bitsSql(bits);
  const bare = sequence(value, hole);
  const sql = isCondition(value) ? `CAST(${bare} AS Nullable(Bool))` : bare;
  if (kind === 'try_cast') return tryCastSql(sql, type);
  if (type.toUpperCase() === 'VARCHAR' && printsPlainly(value)) return `CAST(toString(${sql}) AS Nullable(String))`;
  return castSql(sql, type, isWhole(value));
}

/** True where the form of an expression shows that it has no fraction. */
function isWhole(value: readonly Node[]): boolean {
  const [first, second] = value;
  // A text is read, not rounded.
  if (value.length === 1) return first!.kind === 'text' || (first!.kind === 'number' && !first!.text.includes('.'));
  return (
    value.length === 2 && first?.kind === 'word' && second?.kind === 'group' && wholeCalls.has(first.text.toLowerCase())
  );
}

/** True for nulls, texts and whole numbers, by their form: every engine prints them alike. */
function printsPlainly(value: readonly Node[]): boolean {
  const [first, second] = value;
  if (value.length === 1) return isWord(first, 'NULL') || first!.kind === 'text';
  if (value.length !== 2 || first?.kind !== 'word' || second?.kind !== 'group') return false;
  if (!isWord(first, 'CAST', 'TRY_CAST')) return isWord(first, 'COUNT');
  const type = typeText(second.nodes.slice(second.nodes.findLastIndex((node) => isWord(node, 'AS')) + 1));
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|VARCHAR)$/i.test(type);
}

function typeText(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind !== 'group') return node.text;
      return node.open === '(' ? `(${node.nodes.map((n) => ('text' in n ? n.text : '')).join('')})` : '[]';
    })
    .join(' ')
    .replace(/ (?=[([])/g, '');
}
