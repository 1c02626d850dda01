/** Writes a call from its translated arguments. */
type Call = (value: string, ...rest: readonly string[]) => string;

/** Functions that differ by name only. */
const renamed: Readonly<Record<string, string>> = {
  length: 'lengthUTF8',
  substr: 'substringUTF8',
  substring: 'substringUTF8',
  left: 'leftUTF8',
  right: 'rightUTF8',
  lower: 'lowerUTF8',
  upper: 'upperUTF8',
  trim: 'trimBoth',
  translate: 'translateUTF8',
  lpad: 'leftPadUTF8',
  octet_length: 'length',
  isnan: 'isNaN',
  isfinite: 'isFinite',
  log: 'log10',
  ln: 'log',
  pow: 'pow',
  power: 'pow',
  arg_max: 'argMax',
  arg_min: 'argMin',
  bool_or: 'max',
  bool_and: 'min',
  bit_xor: 'groupBitXor',
  var_pop: 'varPopStable',
  stddev_pop: 'stddevPopStable',
  covar_pop: 'covarPopStable',
  corr: 'corrStable',
  approx_count_distinct: 'uniqCombined64(17)',
  median: 'quantileExactInclusive(0.5)',
  contains: 'position',
  list_concat: 'arrayConcat',
  unnest: 'arrayJoin',
  from_hex: 'unhex',
};

/** Functions that need more than another name. */
const rewritten: Readonly<Record<string, Call>> = {
  quantile_cont: (value, q) => `quantileExactInclusive(${q})(${value})`,
  // Half away from zero, as DuckDB and C round; ClickHouse rounds floats half to even.
  round: (value, digits = '0') => {
    if (digits === '0') return away(value);
    const scale = `1e${digits}`;
    return `(${away(`(${value}) * ${scale}`)} / ${scale})`;
  },
  nullif: (value, other) => `nullIf(${value}, ${other})`,
  // A text is UTF-8 bytes already.
  encode: (value) => value,
  decode: (value) => value,
  // Of a NaN it means nothing here.
  signbit: (value) => `(${value} < 0 OR 1 / ${value} < 0)`,
  chr: (code) => `char(${code})`,
  mode: (value) => `topK(1, 4096)(${value})[1]`,
  epoch: (value) => `toUnixTimestamp64Micro(CAST(${value} AS Nullable(DateTime64(6, 'UTC')))) / 1e6`,
};

/** A number without its fraction, half away from zero. Exact for every double: what is left of the integer part, doubled and cut, is the step away from zero. */
export function away(value: string): string {
  return `arrayMap(x -> if(isFinite(x), trunc(x) + trunc(2 * (x - trunc(x))), x), [CAST(${value} AS Nullable(Float64))])[1]`;
}

/** A call under ClickHouse's name; names that are not known go through as they are. */
export function callSql(name: string, args: readonly string[]): string {
  const known = name.toLowerCase();
  const rewrite = rewritten[known];
  if (rewrite !== undefined) return rewrite(args[0] ?? '', ...args.slice(1));
  const list = args.join(', ');
  if (known === 'bool_or' || known === 'bool_and') return `${renamed[known]!}(${list})`;
  if (known === 'contains') return `(position(${list}) > 0)`;
  return `${Object.hasOwn(renamed, known) ? renamed[known]! : name}(${list})`;
}
