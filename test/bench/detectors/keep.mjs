import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Puts the lines of one part in the place of its earlier ones in a table under test/bench/results; each part stands under
 * `## name`, in the order of `parts`.
 */
export function keep(table, parts, name, lines) {
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
