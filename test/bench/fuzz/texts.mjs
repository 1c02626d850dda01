import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { json, lorem, oneof, sample, string } from 'fast-check';
import { defects } from '../../../dist/analyzers/index.js';
import { parseTrialPlan } from '../../../dist/src/ablation/plan/trial-plan.js';
import { parseRecipe } from '../../../dist/src/cleaning/recipe/parse.js';
import { printRecipe } from '../../../dist/src/cleaning/recipe/print.js';
import { parseConfig } from '../../../dist/src/cli/config.js';
import { parseAddress } from '../../../dist/src/dataset/engines/clickhouse/address.js';
import { parsePolicy } from '../../../dist/src/gate/parse-policy.js';
import { layoutOf, records } from '../../../dist/src/dataset/sources/delimited-head.js';
import { mutate } from './mutate.mjs';

const text = (name) => readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)));
const world = {
  defects,
  today: '2026-01-01',
  read: async () => ({ file: 'parent.yaml', text: String(text('fixtures/policies/strict.yaml')) }),
};

const recipe = printRecipe(
  {
    version: 1,
    source: 'a'.repeat(64),
    seed: 1,
    steps: [],
    rejected: [],
  },
  ['a remark'],
);
const plan = Buffer.from(JSON.stringify({ version: 1, trials: [{ arm: 'as-is', seeds: 3, rows: 1000 }] }));
const config = Buffer.from(
  'roles:\n  label: click\n  key: [a, b]\n  exclude: [x]\ndefects:\n  missing:\n    least: 10\ntrainer: python3 train.py {train} {test} {predictions}\n',
);
const address = Buffer.from('clickhouse://host.name:8443/data%20base/table?tls=true');

/** What reads a text that a person wrote, with an example of such a text. */
const parsers = [
  {
    name: 'policy.yaml',
    bytes: text('fixtures/policies/default.yaml'),
    parse: (t) => parsePolicy('policy.yaml', t, world),
  },
  { name: 'recipe.yaml', bytes: Buffer.from(recipe), parse: (t) => parseRecipe('recipe.yaml', t) },
  { name: 'config.yaml', bytes: config, parse: (t) => parseConfig('assay.yaml', t) },
  { name: 'plan.json', bytes: plan, parse: (t) => parseTrialPlan(t, 'plan.json') },
  { name: 'address.txt', bytes: address, parse: (t) => parseAddress(t) },
  {
    name: 'head.csv',
    bytes: text('fixtures/tiny/clicks.csv'),
    parse: (t) => [layoutOf(t, 'csv'), records(t, ',', 100)],
  },
];

/** Mutated and generated texts through every parser. */
export async function textTarget(random, _work, seed) {
  const generated = sample(
    oneof(string({ unit: 'binary', maxLength: 300 }), json({ maxDepth: 4 }), lorem({ maxCount: 8 })),
    { numRuns: 2000, seed },
  );
  let drawn = 0;
  const next = () => {
    const { name, bytes, parse } = parsers[Math.floor(random() * parsers.length)];
    const other = Buffer.from(generated[drawn++ % generated.length]);
    const input = random() < 0.2 ? other : mutate(bytes, other, random);
    return { name, bytes: input, attempt: async () => parse(input.toString()) };
  };
  return { next, close: async () => {} };
}
