// Mutated real files through every reader, mutated and generated texts through every parser, broken requests to the
// server, for so many CPU-minutes: `npm run bench -- fuzz MINUTES [SEED]`. What is not a whole result or an error a user
// can act on is a finding: its input is kept under test/bench/work/fuzz and belongs into fixtures/broken.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const minutes = Number(process.argv[2] ?? 1);
const first = Number(process.argv[3] ?? 1);
const kept = fileURLToPath(new URL('work/fuzz', import.meta.url));
const child = fileURLToPath(new URL('fuzz/child.mjs', import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), 'assay-fuzz-'));
mkdirSync(kept, { recursive: true });

/** Seconds of CPU a child gets; a crash of an engine then costs one child, not the bench. */
const slice = 20;
/** After so many there is no point in going on. */
const mostCrashes = 20;
const targets = ['files', 'texts', 'requests'];
const tried = { files: 0, texts: 0, requests: 0 };
let cpu = 0;
let findings = 0;
let crashes = 0;

/** One child: how many inputs it tried, what it found, and how it ended. */
async function run(target, seed) {
  const args = [child, target, String(seed), String(Math.min(slice, minutes * 60)), kept, work];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  started.stdout.on('data', (data) => (out += data));
  const [code, signal] = await new Promise((resolve) => started.once('close', (...end) => resolve(end)));
  const lines = out.split('\n').filter((line) => line.startsWith('{'));
  const done = lines.map((line) => JSON.parse(line));
  for (const found of done.filter((line) => line.finding !== undefined)) {
    findings++;
    console.log(`finding: ${target} seed ${seed}: ${found.finding}\n  ${found.what}`);
  }
  const end = done.findLast((line) => line.tried !== undefined);
  tried[target] += end?.tried ?? 0;
  // What a child that crashed had used is not known, and not counted.
  cpu += end?.cpu ?? 0;
  if (code === 0) return;
  crashes++;
  const last = done.findLast((line) => line.at !== undefined);
  console.log(`crash: ${target} seed ${seed} ended with ${signal ?? code} at ${last?.at ?? 'its start'}`);
}

let seed = first;
const lane = async () => {
  while (cpu < minutes * 60 && crashes < mostCrashes) {
    const own = seed++;
    // Files are what users bring, so they get half of the time.
    await run(own % 4 === 1 ? targets[1] : own % 4 === 3 ? targets[2] : targets[0], own);
  }
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
rmSync(work, { recursive: true });

const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
say(`${tried.files} files, ${tried.texts} texts, ${tried.requests} requests in ${(cpu / 60).toFixed(1)} CPU-minutes`);
say(`figure fuzz.cpu-minutes ${(cpu / 60).toFixed(1)} bar >= ${minutes} ${cpu >= minutes * 60 ? 'ok' : 'short'}`);
say(`figure fuzz.findings ${findings} bar <= 0 ${findings === 0 ? 'ok' : 'short'}`);
say(`figure fuzz.crashes ${crashes} bar <= 0 ${crashes === 0 ? 'ok' : 'short'}`);
// A short run is a check on the way, not the table.
if (minutes >= 24) writeFileSync(new URL('results/fuzz.txt', import.meta.url), `${lines.join('\n')}\n`);
process.exit(findings + crashes === 0 ? 0 : 1);
