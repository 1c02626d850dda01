import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { defects } from '../analyzers/index.js';

it('holds the tables of the self-test between their marks, as the bench writes them', async () => {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [before, rest, ...more] = text.split('<!-- self-test: written by npm run bench -- self-test -->\n');
  expect([before, rest, more.length]).toEqual([expect.any(String), expect.any(String), 0]);
  const [block, ...after] = rest!.split('<!-- /self-test -->');
  expect(after).toHaveLength(1);
  const tables = [...block!.matchAll(/^(\S[^\n]*):\n\n```text\n([^]*?)\n```$/gm)];
  expect(tables.map(([, of]) => of!.split(/[ ,]/)[0])).toEqual(['telco-churn', 'A']);
  for (const [, , table] of tables) {
    const [head, ...lines] = table!.split('\n');
    expect(head).toMatch(/^damage planted +caught first at +reported +costs AUC$/);
    const rows = lines.slice(0, lines.indexOf(''));
    expect(rows.length).toBeGreaterThanOrEqual(8);
    for (const row of rows) expect(row).toMatch(/^[a-z-]+ [a-z-]+ +(missed|[\d.]+% by [a-z.-]+) +(no|from [\d.]+%)/);
    const caught = rows.filter((row) => !row.includes(' missed ')).length;
    expect(table).toContain(`Policy default catches ${caught} of ${rows.length} kinds of damage`);
  }
});

it('names every defect that is looked for, once, with its page', async () => {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const named = [...text.matchAll(/^\| \[([a-z-]+)\]\(analyzers\/\1\/README\.md\)/gm)].map(([, id]) => id!);
  expect(named.toSorted()).toEqual(defects.map(({ id }) => id).toSorted());
});
