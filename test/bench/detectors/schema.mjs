// Schema: one half of the rows of a data set is version 1, the other half version 2 with planted changes. A reading counts
// only where it is exactly what was planted: code, columns, factor or values, and nothing else.
import { diffSchemas } from '../../../dist/src/derived/schema/diff/diff.js';
import { inferSchema } from '../../../dist/src/derived/schema/infer.js';
import { createRandom } from '../../../dist/src/core/random.js';
import { createRun } from '../../../dist/src/core/run.js';

const byCode = (a, b) => (a < b ? -1 : 1);

function isOutside(x, q) {
  return x < q[4] || x > q[16];
}

/** True where the median of each lies outside of the middle six tenths of the other: they differ by .3 at least. */
function isApart(a, b) {
  return isOutside(a.q[10], b.q) && isOutside(b.q[10], a.q);
}

/** Rows of a version that must hold something in a column, or a value, so that what becomes of it can be known at all. */
const enough = { column: 100, value: 30 };

/** What is planted, by name: SQL of the new columns of version 2, and the change that has to be read. */
const plants = {
  quiet: () => ({ want: [] }),
  rename: ({ pick, least }) => {
    const column = pick((c) => c.held >= least.column);
    return (
      column && {
        names: { [column.id]: `renamed_${column.name.length}x` },
        want: [`renamed ${column.name} -> renamed_${column.name.length}x`],
      }
    );
  },
  unit: ({ pick, draw }) => {
    const column = pick((c) => c.isContinuous && c.positive);
    const factor = [100, 1000, 60, 1 / 1000, 1 / 10][Math.floor(5 * draw('factor'))];
    const sql = `CAST(${column?.id} AS DOUBLE) * ${factor}`;
    return (
      column && {
        sql: { [column.id]: sql },
        types: { [column.id]: 'DOUBLE' },
        want: [
          `unit ${column.name} ${factor}`,
          ...(column.type === 'DOUBLE' ? [] : [`type ${column.name} ${column.type} -> DOUBLE`]),
        ],
      }
    );
  },
  swap: ({ pickTwo }) => {
    const two = pickTwo();
    return (
      two && {
        names: { [two[0].id]: two[1].name, [two[1].id]: two[0].name },
        want: [`swapped ${two[0].name} -> ${two[1].name}`, `swapped ${two[1].name} -> ${two[0].name}`],
      }
    );
  },
  'renamed-value': ({ pick, draw, isOften }) => {
    const column = pick((c) => c.levels.length >= 2 && c.levels.some(isOften));
    const often = (column?.levels ?? []).filter(isOften);
    const value = often[Math.floor(draw('value') * often.length)]?.value;
    const sql = `CASE WHEN ${column?.id} = '${value}' THEN 'written anew' ELSE ${column?.id} END`;
    return value && { sql: { [column.id]: sql }, want: [`values-renamed ${column.name} ${value}|written anew`] };
  },
  'merged-values': ({ pick, draw, isOften }) => {
    const column = pick((c) => c.levels.filter(isOften).length >= 3);
    const often = (column?.levels ?? []).filter(isOften);
    const at = Math.floor(draw('value') * often.length);
    const two = [often[at], often[(at + 1) % often.length]].map((l) => l?.value);
    const sql = `CASE WHEN ${column?.id} IN ('${two[0]}', '${two[1]}') THEN 'both' ELSE ${column?.id} END`;
    return (
      column && {
        sql: { [column.id]: sql },
        want: [`values-merged ${column.name} ${two.toSorted(byCode).join('|')}|both`],
      }
    );
  },
  'seconds-to-ms': ({ time, epoch }) => {
    if (time === null) return undefined;
    const seconds = `CAST(round(${epoch(time)}) AS BIGINT)`;
    const as = (sql) => ({ sql: { [time.id]: sql }, types: { [time.id]: 'BIGINT' } });
    return { before: as(seconds), ...as(`1000 * ${seconds}`), want: [`unit ${time.name} 1000`] };
  },
  'number-as-text': ({ pick }) => {
    const column = pick((c) => c.isNumber);
    return (
      column && {
        sql: { [column.id]: `CAST(${column.id} AS VARCHAR)` },
        types: { [column.id]: 'VARCHAR' },
        want: [`type ${column.name} ${column.type} -> VARCHAR`],
      }
    );
  },
};

/** Names of what can be planted. */
export const plantNames = Object.keys(plants);

/** How each plant of `only` is read, for one seed; planted where a version holds at least so many rows. */
export async function schemaReadings(set, open, seed, only, engine, least = enough) {
  const found = [];
  const run = createRun({ engine, threads: 2, id: `schema-${set}-${seed}` });
  try {
    const opened = await open(seed, run);
    const study = { ...opened, epoch: ({ id, type }) => engine.dialect.epoch(id, type) };
    const before = await half(study, set, seed, 'a', {}, run);
    for (const plant of only) {
      const random = createRandom(seed).fork(`schema-bench/${set}/${plant}`);
      const isOften = ({ share, rows }) => share >= 0.02 && rows >= least.value;
      const planted = plants[plant]({ ...chooser(study, before, random), least, isOften });
      if (!planted) continue;
      const first = planted.before === undefined ? before : await half(study, set, seed, 'a', planted.before, run);
      const after = await half(study, set, seed, 'b', planted, run);
      const got = diffSchemas(first, after).changes.map(said).toSorted(byCode);
      const want = planted.want.toSorted(byCode);
      found.push({ plant, seed, isExact: JSON.stringify(got) === JSON.stringify(want), got, want });
    }
  } finally {
    await run.close();
  }
  return found;
}

/** The schema of one half of the rows, with what is planted in it. */
async function half(study, set, seed, side, { sql = {}, types = {}, names = {} }, run) {
  const { engine } = run;
  const { whole } = study;
  const name = `schema_bench_${set}_${side}`;
  const list = whole.columns.map(({ id }) => `${sql[id] ?? id} AS ${id}`).join(', ');
  const where = `${engine.dialect.uniform(`schema-bench/${seed}`, 'k')} ${side === 'a' ? '<' : '>='} 0.5`;
  await engine.write({ sql: `SELECT k, ${list} FROM ${whole.name} WHERE ${where}` }, { kind: 'table', name }, run);
  const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${name}` }, 1, run);
  const columns = whole.columns.map((c) => ({ ...c, name: names[c.id] ?? c.name, type: types[c.id] ?? c.type }));
  const train = { ...whole, name, columns, rows: Number(row.n) };
  return inferSchema({ ...study, whole: train, train }, run);
}

function said({ code, column, to, args = {} }) {
  const on = `${code} ${column}`;
  if (code === 'unit') return `${on} ${args.factor}`;
  if (code === 'type') return `${on} ${args.from} -> ${args.to}`;
  if (code === 'values-renamed' || code === 'values-merged')
    return `${on} ${args.values.map((v) => [...v.slice(0, -1).toSorted(byCode), v.at(-1)].join('|')).join(' & ')}`;
  return to === undefined ? on : `${on} -> ${to}`;
}

/** Columns to plant on, drawn by seed. Two to swap are numbers of one type that lie apart. */
function chooser(study, { columns: described, made: { rows } }, random) {
  const label = study.roles.label?.column.id;
  const all = study.whole.columns.flatMap((column, i) => {
    const { seen, type, role } = described[i];
    const q = seen.quantiles ?? [];
    const held = rows * (1 - seen.nulls);
    const isNumber = /INT|DOUBLE|DECIMAL|FLOAT/.test(type);
    const levels = type === 'VARCHAR' && seen.levels?.length === seen.distinct ? seen.levels : [];
    if (column.id === label) return [];
    return [
      {
        ...column,
        isNumber,
        isContinuous: isNumber && seen.distinct > 20 && role === 'feature',
        positive: q[1] > 0,
        q,
        held,
        levels: levels.map(([value, share]) => ({ value, share, rows: share * held })),
      },
    ];
  });
  const draw = (name) => random.fork(name).at(0);
  const pick = (fits, name = 'column') => {
    const some = all.filter(fits);
    return some[Math.floor(draw(name) * some.length)];
  };
  const pickTwo = () => {
    const two = all.flatMap((a) =>
      all
        .filter((b) => a.isContinuous && b.isContinuous && a.id < b.id && a.type === b.type && isApart(a, b))
        .map((b) => [a, b]),
    );
    return two[Math.floor(draw('two') * two.length)];
  };
  const epoch = (column) => study.epoch(column);
  return { pick, pickTwo, draw, time: study.roles.time, epoch };
}
