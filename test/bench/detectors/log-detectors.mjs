// The detectors of logs, each with its figures over generated logs: `npm run bench -- detectors logs`. Needs no data from outside.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createDuckDb } from '../../../dist/src/dataset/engines/duckdb/engine.js';
import { botUsers } from './bots.mjs';
import { delayed } from './delayed-labels.mjs';

const parts = [delayed, botUsers];

/** Runs all parts, writes test/bench/results/detectors-logs.txt and gives the number of figures that fall short. */
export async function logDetectors() {
  const lines = [];
  const say = (line) => {
    console.log(line);
    lines.push(line);
  };
  let short = 0;
  const figure = (name, value, op, bar) => {
    const ok = op === '>=' ? value >= bar : value <= bar;
    if (!ok) short++;
    say(`figure ${name} ${Number(value.toFixed(4))} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
  };
  const engine = await createDuckDb({ threads: 2 });
  for (const part of parts) await part(engine, say, figure);
  await engine.close();
  const results = new URL('../results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL('detectors-logs.txt', results), `${lines.join('\n')}\n`);
  return short;
}
