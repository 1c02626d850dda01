import type { TypeName } from '../../../core/plan.js';
import { away } from './functions.js';
import { textLiteral } from './literals.js';
import { clickHouseType } from './type-names.js';

/**
 * Casts that mean what DuckDB's mean. ClickHouse prints floats and moments otherwise, cuts a float where DuckDB rounds
 * it, and its casts do not let null through unless the type says so. Texts and roundings depend on the type of the
 * expression, which is not known here: `toTypeName` is a constant, so the branches that do not apply are dropped before
 * the query runs. `isWhole` tells that the expression cannot have a fraction.
 */
export function castSql(expression: string, type: TypeName, isWhole: boolean): string {
  if (type.toUpperCase() === 'VARCHAR') return textSql(expression);
  const theirs = named(type);
  if (/^U?Int/.test(theirs)) return integerSql(expression, theirs, isWhole);
  return `CAST(${expression} AS ${nullable(theirs)})`;
}

/**
 * The value where it can be read as the type, else null. By way of its text, as DuckDB reads texts, unless a number must
 * not go through one.
 */
export function tryCastSql(expression: string, type: TypeName): string {
  if (type.toUpperCase() === 'VARCHAR')
    return `if(${is(expression, '%Decimal%')}, ${decimalText(expression)}, ${textSql(expression)})`;
  const theirs = named(type);
  const text = `trimBoth(toString(${expression}))`;
  const read = (value: string): string => `accurateCastOrNull(${value}, ${quoted(theirs)})`;
  const number = `accurateCastOrNull(${expression}, 'Float64')`;
  const [isBool, isFloat] = [is(expression, '%Bool%'), is(expression, '%Float%')];
  const truth = read(`${text} = 'true'`);
  if (theirs.startsWith('Float')) {
    return `multiIf(${isBool}, ${truth}, ${isFloat}, CAST(${number} AS ${nullable(theirs)}), ${read(text)})`;
  }
  if (/^U?Int/.test(theirs)) {
    // A fraction is rounded: of a float half to even, of a text or a decimal half away from zero.
    const parts = `accurateCastOrNull(${text}, 'Float64')`;
    const rounded = `if(${isFloat}, roundBankers(${parts}), ${away(parts)})`;
    return `if(${isBool}, ${truth}, coalesce(${read(text)}, ${read(rounded)}))`;
  }
  if (theirs.startsWith('Decimal')) return `if(${isBool}, ${truth}, ${decimalSql(text, isFloat, number, theirs)})`;
  if (theirs === 'Bool') {
    const isText = is(expression, '%String%');
    return `if(${isText} OR ${isBool}, ${read(text)}, CAST(accurateCastOrNull(${text}, 'Float64') <> 0 AS Nullable(Bool)))`;
  }
  return theirs.startsWith('Date') ? momentSql(text, theirs === 'Date32', read) : read(text);
}

/** A digit more than the type has is rounded away from zero; it would be cut off. A number too long for it is none. */
function decimalSql(text: string, isFloat: string, number: string, theirs: string): string {
  const [, precision, scale] = /(\d+), ?(\d+)\)$/.exec(theirs)!.map(Number) as [number, number, number];
  const ofFloat = `accurateCastOrNull(${away(`${number} * 1e${scale}`)}, 'Int128') * toDecimal256('1e-${scale}', ${scale})`;
  const ofText = `round(accurateCastOrNull(${text}, 'Decimal(76, ${Math.min(76, scale + 20)})'), ${scale})`;
  const fitting = (value: string): string =>
    `arrayMap(d -> if(abs(d) < toDecimal256('1e${precision - scale}', 0), accurateCastOrNull(d, '${theirs}'), NULL), [${value}])[1]`;
  return `if(${isFloat}, ${fitting(ofFloat)}, ${fitting(ofText)})`;
}

/** A decimal with all digits of its scale: `1.10`. ClickHouse leaves zeros at the end out. */
function decimalText(expression: string): string {
  const scale = `toInt32(toUInt8OrZero(extract(toTypeName(${expression}), ${textLiteral('(\\d+)\\)')})))`;
  const missing = `${scale} - if(s LIKE '%.%', toInt32(length(s)) - toInt32(position(s, '.')), 0)`;
  const padded = `concat(s, if(s LIKE '%.%' OR ${scale} = 0, '', '.'), repeat('0', ${missing}))`;
  return `arrayMap(s -> ${padded}, [toString(${expression})])[1]`;
}

/** Only what is written as a day, or a day and a time, is one; what is no day of the calendar would be moved to one. */
function momentSql(text: string, isDay: boolean, read: (value: string) => string): string {
  const form = textLiteral(
    '^\\d{4}-\\d{1,2}-\\d{1,2}([ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?$',
  );
  const zone = textLiteral('(:\\d{2}(\\.\\d+)?)(Z|[+-][\\d:]+)$');
  const bare = isDay
    ? `extract(${text}, ${textLiteral('^\\d+-\\d+-\\d+')})`
    : `replaceRegexpOne(${text}, ${zone}, ${textLiteral('\\1')})`;
  const day = `toUInt8OrZero(extract(${text}, ${textLiteral('^\\d+-\\d+-(\\d+)')}))`;
  return `arrayMap(d -> if(toDayOfMonth(d) = ${day}, d, NULL), [if(match(${text}, ${form}), ${read(bare)}, NULL)])[1]`;
}

/** The float with these binary digits: 64 of a DOUBLE, 32 of a FLOAT. */
export function bitsSql(digits: string): string {
  const width = digits.length;
  return `CAST(reinterpretAsFloat${width}(toUInt${width}('${BigInt(`0b${digits}`)}')) AS Nullable(Float${width}))`;
}

export function nullable(type: string): string {
  return type.startsWith('Array(') ? type : `Nullable(${type})`;
}

function named(type: TypeName): string {
  const theirs = clickHouseType(type);
  if (theirs === null) throw new SyntaxError(`ClickHouse has no type for ${type}`);
  return theirs;
}

function quoted(type: string): string {
  return `'${type.replaceAll("'", "\\'")}'`;
}

function is(expression: string, like: string): string {
  return `toTypeName(${expression}) LIKE '${like}'`;
}

/** Rounds a float half to even first; everything else is cast as it is. */
function integerSql(expression: string, type: string, isWhole: boolean): string {
  const plain = `CAST(${expression} AS ${nullable(type)})`;
  if (isWhole) return plain;
  const rounded = `CAST(roundBankers(accurateCastOrNull(${expression}, 'Float64')) AS ${nullable(type)})`;
  return `if(${is(expression, '%Float%')}, ${rounded}, ${plain})`;
}

/**
 * The text of a value: floats as Python and DuckDB print them (`1.0`, `1e-05`, `1e+16`), moments without the zeros at
 * the end of a fraction. ClickHouse's own texts are `1`, `0.00001`, `10000000000000000` and six digits of a fraction.
 */
export function textSql(expression: string): string {
  const [text, isFloat] = [`toString(${expression})`, is(expression, '%Float%')];
  const moment = `arrayMap(s -> if(s LIKE '%.%0', ${replaced('s', '\\.?0+$', '')}, s), [${text}])[1]`;
  return `multiIf(${isFloat}, arrayMap(s -> ${floatText}, [${text}])[1], ${is(expression, '%DateTime64%')}, ${moment}, ${text})`;
}

function replaced(text: string, pattern: string, by: string): string {
  return `replaceRegexpOne(${text}, ${textLiteral(pattern)}, ${textLiteral(by)})`;
}

const matches = (pattern: string): string => `match(s, ${textLiteral(pattern)})`;

/** Puts the point behind the first of many digits, without zeros at the end. */
const pointed = replaced(replaced('s', '^(-?[1-9])(\\d*?)0*$', '\\1.\\2'), '\\.$', '');

/** `s` is ClickHouse's text of a float. Whole numbers get `.0`, ordinary fractions stay, all else gets an exponent. */
const floatText = `multiIf(${[
  [matches('^-?\\d{1,16}$'), "concat(s, '.0')"],
  [`${matches('^-?\\d+\\.\\d+$')} AND NOT ${matches('^-?0\\.0000')}`, 's'],
  [matches('^-?\\d+$'), `concat(${pointed}, 'e+', toString(length(s) - 1 - startsWith(s, '-')))`],
  [matches('^-?0\\.00000'), replaced(replaced('s', '0\\.0{5}(\\d)(\\d*)$', '\\1.\\2e-06'), '\\.e', 'e')],
  [matches('^-?0\\.'), replaced(replaced('s', '0\\.0{4}(\\d)(\\d*)$', '\\1.\\2e-05'), '\\.e', 'e')],
]
  .flat()
  .join(', ')}, ${replaced(replaced('s', 'e(\\d)', 'e+\\1'), 'e([+-])(\\d)$', 'e\\10\\2')})`;
