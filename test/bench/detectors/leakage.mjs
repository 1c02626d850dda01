// Leakage: known leaks among honest columns of a generated log, and the one real set with a known leak.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leakage } from '../../../dist/analyzers/leakage/index.js';
import { atDose } from '../../../dist/src/ablation/dose.js';
import { createRun } from '../../../dist/src/core/run.js';
import { alterStudy } from '../../../dist/src/dataset/alter-study.js';
import { featureAucs } from '../../../dist/src/derived/single-feature-auc.js';
import { openSet } from './data.mjs';
import { leaks, openLeakyLog } from './leaky-log.mjs';
import { mean } from './table.mjs';

/** Every call as `code column value`, worst first, on a generated log. */
export async function leaksOf(seed, engine) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-leaky-'));
  const run = createRun({ engine, seed, threads: 2, id: `leaky-${seed}` });
  try {
    return await calls(await openLeakyLog(seed, folder, join(folder, 'cache'), run), run);
  } finally {
    await run.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on a public set. */
export async function leaksOn(set, engine, cache) {
  const run = createRun({ engine, threads: 2, id: `leaks-${set}` });
  try {
    return await calls(await openSet(set, cache, run), run);
  } finally {
    await run.close();
  }
}

const thresholds = [0.8, 0.85, 0.9, 0.925, 0.95, 0.975];
const doses = [0.6, 0.8, 1];
/** Columns that are known to tell the label: they are no honest ones. */
const known = { leaky: leaks, bank: ['duration'] };

/** The own AUC of each honest column of a set, and of a column whose cells are written after the event, by share of them. */
async function ownAucs(set, engine, cache) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-aucs-'));
  const run = createRun({ engine, threads: 2, id: `own-aucs-${set}` });
  try {
    const study = await (set === 'leaky'
      ? openLeakyLog(1, folder, join(folder, 'cache'), run)
      : openSet(set, cache, run));
    const honest = [...(await featureAucs(study, run))].filter(([name]) => !(known[set] ?? []).includes(name));
    const [afterEvent] = leakage.inject;
    const injection = await afterEvent.inject(study, run);
    const written = [];
    // A set without a column of decimals has nothing to write into; its honest columns count all the same.
    for (const dose of 'unsupported' in injection ? [] : doses) {
      const { plan } = await atDose(injection, dose, study, run);
      const damaged = await alterStudy(study, plan, `after_event_${set.replace('-', '_')}_${100 * dose}`, run);
      written.push((await featureAucs(damaged, run)).get(plan.steps[0].column));
    }
    return { honest: honest.map(([, auc]) => auc), written };
  } finally {
    await run.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mean of the share of leaks above a threshold and of honest columns below it, by threshold. */
function rightAt({ honest, written }) {
  return thresholds.map((t) => mean([...shareOf(written, (auc) => auc > t), ...shareOf(honest, (auc) => auc <= t)]));
}

/** Share of some columns for which something holds, in a list; an empty one where there are no columns. */
function shareOf(aucs, holds) {
  return aucs.length === 0 ? [] : [mean(aucs.map((auc) => Number(holds(auc))))];
}

async function calls(study, run) {
  const { findings } = await leakage.detect(study, run);
  return findings.map(({ code, severity, args }) => ({ code, severity, column: args.column, value: args.value }));
}

/** The lines of leakage. */
export async function leakageLines({ engine, cache, once, seeds, say, figure }) {
  say('leakage: generated log of 50,000 rows, 3% positive, 3 seeds; what is called');
  for (const seed of seeds) {
    const calls = await once(`leaks ${seed}`, () => leaksOf(seed, engine));
    for (const { code, severity, column, value } of calls)
      say(`  seed ${seed} ${severity.padEnd(8)} ${code.padEnd(28)} ${column.padEnd(22)} ${value.toFixed(3)}`);
    const problems = new Set(calls.filter((c) => c.severity === 'problem').map((c) => c.column));
    figure(`leakage.found.seed-${seed}`, leaks.filter((c) => problems.has(c)).length, '>=', leaks.length);
    figure(`leakage.honest-called.seed-${seed}`, [...problems].filter((c) => !leaks.includes(c)).length, '<=', 0);
  }
  say(
    '  own AUC as a threshold: right calls (leaks above, honest columns below), and at the one that is best for the other sets',
  );
  const sets = {};
  for (const set of ['leaky', 'bank', 'telco', 'higgs', 'clicks', 'clicks-hard'])
    sets[set] = await once(`own AUCs ${set}`, () => ownAucs(set, engine, cache));
  for (const [set, aucs] of Object.entries(sets)) {
    const others = Object.entries(sets).flatMap(([name, other]) => (name === set ? [] : [rightAt(other)]));
    const means = thresholds.map((_, i) => mean(others.map((right) => right[i])));
    const at = means.indexOf(Math.max(...means));
    const right = rightAt(aucs);
    const shown = right.map((share, i) => `${thresholds[i]} ${share.toFixed(3)}`).join('  ');
    const most = Math.max(...aucs.honest).toFixed(3);
    const least = aucs.written.map((a, i) => `${doses[i]}: ${a.toFixed(3)}`).join(', ') || 'nowhere';
    say(`  ${set.padEnd(12)} honest at most ${most}, written after ${least}`);
    say(`    ${shown}  left out: ${thresholds[at]} ${right[at].toFixed(3)}`);
  }
  const bank = await once('leaks bank', () => leaksOn('bank', engine, cache));
  for (const { code, column, value } of bank) say(`  bank ${code} ${column} ${value.toFixed(3)}`);
  figure('leakage.bank.duration', bank.filter((c) => c.column === 'duration').length, '>=', 1);
  figure('leakage.bank.others', bank.filter((c) => c.column !== 'duration').length, '<=', 0);
}
