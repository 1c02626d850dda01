import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Runs one part of a bench: `measure(say, figure)` prints lines and figures against bars, and they take the place of its earlier
 * ones in a table under test/bench/results. The number of figures that fall short.
 */
export async function tablePart(table, parts, name, measure) {
  const lines = [];
  let short = 0;
  const say = (line) => {
    console.log(line);
    lines.push(line);
  };
  const figure = (what, value, op, bar) => {
    const ok = op === '>=' ? value >= bar : value <= bar;
    if (!ok) short++;
    say(`figure ${what} ${Number(value.toFixed(4))} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
  };
  await measure(say, figure);
  keep(table, parts, name, lines);
  return short;
}

/** Each part stands under `## name`, in the order of `parts`. */
function keep(table, parts, name, lines) {
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  const file = new URL(table, results);
  const known = new Map(
    (existsSync(file) ? readFileSync(file, 'utf8') : '')
      .split(/^## /m)
      .slice(1)
      .map((part) => part.split(/\n([^]*)/).slice(0, 2)),
  );
  known.set(name, `${lines.join('\n')}\n`);
  const all = parts.flatMap((part) => (known.has(part) ? [`## ${part}\n${known.get(part)}`] : []));
  writeFileSync(file, all.join(''));
}
