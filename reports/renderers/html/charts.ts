import type { Effect, Unmeasured } from '../../../src/core/effect.js';
import type { Limited } from '../../../src/core/worth.js';
import { beforeAfter } from '../../charts/before-after.js';
import { dose, doseFloor } from '../../charts/dose.js';
import { forest, type ForestRow } from '../../charts/forest.js';
import { proof } from '../../charts/proof.js';
import { renderChart, type Chart } from '../../charts/render.js';
import { timeStrip, type FlaggedStrip } from '../../charts/time-strip.js';
import { value, valueRange } from '../../charts/value.js';
import { waterfall } from '../../charts/waterfall.js';
import { defectLines, isEffect } from '../../defect-lines.js';
import { titles } from '../../headings.js';
import { measuredSteps } from '../../measured-steps.js';
import type { Report } from '../../model.js';

/** The drawings of a report, made before the page; null where there is nothing to draw. */
export interface Charts {
  readonly beforeAfter: Chart | null;
  /** Sliced by the rows of the table of defects. */
  readonly gains: Chart | null;
  readonly sensitivities: Chart | null;
  /** One for each curve of the report. */
  readonly curves: readonly Chart[];
  /** One for each value curve of the report. */
  readonly value: readonly Chart[];
  /** Sliced by the rows of the table of effects, the small model's before the large one's. */
  readonly capacity: Chart | null;
  /** Sliced by the rows of the table of steps. */
  readonly steps: Chart | null;
  readonly proof: Chart | null;
  /** Sliced by the days of the gain over days. */
  readonly rolling: Chart | null;
  readonly time: Chart | null;
}

export async function drawCharts(report: Report): Promise<Charts> {
  const lines = defectLines(report);
  const { cleaning, curves, verdict } = report;
  const mde = verdict.resolution?.mde ?? null;
  const floor = doseFloor(curves);
  return {
    beforeAfter:
      verdict.auc === null
        ? null
        : await renderChart('auc', beforeAfter(verdict.auc.asIs, verdict.auc.repaired, verdict.auc.gain)),
    gains: await forestOf(
      'gains',
      lines.map((l) => l.gain),
      'gain',
      mde,
    ),
    sensitivities: await forestOf(
      'sensitivities',
      lines.map((l) => l.sensitivity),
      'cost',
      mde,
    ),
    curves: await Promise.all(curves.map((c, i) => renderChart(`curve-${i}`, dose(c, floor)))),
    value: await Promise.all(
      (report.value ?? []).map((c, i) => renderChart(`value-${i}`, value(c, valueRange(report.value ?? [])))),
    ),
    capacity: await capacityChart(report),
    steps:
      cleaning === undefined || measuredSteps(cleaning).length === 0
        ? null
        : await renderChart('steps', waterfall(measuredSteps(cleaning))),
    proof: cleaning?.proof == null ? null : await renderChart('proof', proof(cleaning.proof)),
    rolling: await rollingChart(report),
    time: report.time.length === 0 ? null : await renderChart('time', timeStrip(report.time, flaggedStrips(report))),
  };
}

async function rollingChart({ rolling }: Report): Promise<Chart | null> {
  if (rolling === undefined) return null;
  return renderChart(
    'rolling',
    forest(
      rolling.days.map((day) => limitedRow(day, true)),
      'gain',
      null,
    ),
  );
}

/** Resolved where the interval leaves 0 out; `good` above 0 where `up`. */
function limitedRow(limited: Limited, up: boolean): ForestRow {
  const { value, low, high } = limited;
  if (low <= 0 && high >= 0) return { value, low, high, state: 'open' };
  return { value, low, high, state: value > 0 === up ? 'good' : 'bad' };
}

async function capacityChart({ capacity }: Report): Promise<Chart | null> {
  if (capacity === undefined) return null;
  const rows = capacity.effects.flatMap((e) =>
    [e.small, e.large].map((limited) => limitedRow(limited, e.kind === 'gain')),
  );
  return renderChart('capacity', forest(rows, 'gain', null));
}

async function forestOf(
  id: string,
  found: readonly (Effect | Unmeasured | null)[],
  kind: 'gain' | 'cost',
  mde: number | null,
): Promise<Chart | null> {
  return found.some(isEffect) ? renderChart(id, forest(found.map(forestRow), kind, mde)) : null;
}

function forestRow(found: Effect | Unmeasured | null): ForestRow | null {
  if (!isEffect(found)) return null;
  const state = found.verdict === 'not-resolved' ? 'open' : found.verdict === 'helps' ? 'good' : 'bad';
  return { value: found.effect, low: found.low, high: found.high, state };
}

/** The defects that flagged most in any bucket, at most three. */
function flaggedStrips(report: Report): readonly FlaggedStrip[] {
  const names = titles(report);
  const total = new Map<string, number>();
  for (const bucket of report.time) {
    for (const [defect, n] of Object.entries(bucket.flagged)) total.set(defect, (total.get(defect) ?? 0) + n);
  }
  return [...total]
    .filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3)
    .map(([defect]) => ({ defect, title: names.get(defect) ?? defect }));
}
