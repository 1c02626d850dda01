import type { Effect, Unmeasured } from '../src/core/effect.js';
import type { Report, ReportDefect } from './model.js';

/** A defect with what was measured about it; the rows of the table "defects, gain and sensitivity". */
export interface DefectRow {
  readonly defect: ReportDefect;
  readonly status: Status;
  /** Gains in AUC of its repairs, each alone; resolved gains first, then by falling effect. */
  readonly gains: readonly Effect[];
  /** The same amount injected again, by mechanism; resolved costs first, then by falling effect. */
  readonly sensitivities: readonly Effect[];
  /** Arms without a number; those that share kind and reason stand together, their titles joined. */
  readonly unmeasured: readonly Unmeasured[];
}

/** What became of an analyzer and how much its worst finding matters. */
export type Status = 'problem' | 'suspect' | 'nothing' | 'failed' | 'not-applicable' | 'cancelled';

export function statusOf(defect: ReportDefect): Status {
  if (defect.outcome !== 'ok') return defect.outcome;
  if (defect.findings.some((f) => f.severity === 'problem')) return 'problem';
  return defect.findings.some((f) => f.severity === 'suspect') ? 'suspect' : 'nothing';
}

/**
 * Analyzers that finished and found or measured something: those whose repair gains first (largest gain on top), then
 * by severity, then in the order of the document.
 */
export function defectTable(report: Report): readonly DefectRow[] {
  return report.defects
    .filter((d) => d.outcome === 'ok')
    .map((defect) => rowOf(defect, report))
    .filter((row) => row.defect.findings.length > 0 || row.gains.length > 0 || row.sensitivities.length > 0)
    .sort((a, b) => topGain(b) - topGain(a) || rank[a.status] - rank[b.status]);
}

/** Analyzers that finished and found nothing. */
export function foundNothing(report: Report): readonly ReportDefect[] {
  const rows = new Set(defectTable(report).map((row) => row.defect));
  return report.defects.filter((d) => d.outcome === 'ok' && !rows.has(d));
}

/** A repair's gains beside that in AUC. */
export interface OtherMetrics {
  readonly title: string;
  readonly gains: readonly Effect[];
  /** Whether its gain in AUC is resolved too. */
  readonly inAuc: boolean;
}

/** Gains in metrics beside AUC, by repair; only repairs whose gain is resolved in any of them or in AUC. */
export function otherMetrics(report: Report): readonly OtherMetrics[] {
  const gains = report.effects.filter((e) => e.kind === 'gain');
  const repairs = new Map<string, Effect[]>();
  for (const gain of gains) {
    const name = `${gain.defect}/${gain.arm}`;
    repairs.set(name, [...(repairs.get(name) ?? []), gain]);
  }
  return [...repairs.values()].flatMap((all) => {
    const beside = all.filter((e) => e.metric !== 'auc' && e.metric !== 'logloss');
    const resolved = all.some((e) => e.verdict !== 'not-resolved');
    const inAuc = all.some((e) => e.metric === 'auc' && e.verdict !== 'not-resolved');
    return resolved && beside.length > 0 ? [{ title: all[0]!.title, gains: beside, inAuc }] : [];
  });
}

/** Analyzers of which nothing is known: failed first, then stopped, then not applicable. */
export function notKnown(report: Report): readonly ReportDefect[] {
  return report.defects.filter((d) => d.outcome !== 'ok').sort((a, b) => rank[statusOf(a)] - rank[statusOf(b)]);
}

const rank: Readonly<Record<Status, number>> = {
  failed: 0,
  cancelled: 1,
  'not-applicable': 2,
  problem: 3,
  suspect: 4,
  nothing: 5,
};

function rowOf(defect: ReportDefect, report: Report): DefectRow {
  const own = report.effects.filter((e) => e.defect === defect.id && e.metric === 'auc');
  return {
    defect,
    status: statusOf(defect),
    gains: sorted(own.filter((e) => e.kind === 'gain')),
    sensitivities: sorted(own.filter((e) => e.kind === 'sensitivity')),
    unmeasured: gathered(report.unmeasured.filter((u) => u.defect === defect.id && u.kind !== 'cost')),
  };
}

function gathered(unmeasured: readonly Unmeasured[]): readonly Unmeasured[] {
  const groups: Unmeasured[] = [];
  for (const one of unmeasured) {
    const at = groups.findIndex((group) => group.kind === one.kind && group.reason === one.reason);
    if (at < 0) groups.push(one);
    else groups[at] = { ...groups[at]!, title: `${groups[at]!.title}; ${one.title}` };
  }
  return groups;
}

function sorted(effects: readonly Effect[]): readonly Effect[] {
  return [...effects].sort((a, b) => Number(pointsUp(b)) - Number(pointsUp(a)) || b.effect - a.effect);
}

/** A resolved effect in the direction of its kind: a repair that helps, an injection that costs. */
function pointsUp(effect: Effect): boolean {
  return effect.verdict === (effect.kind === 'gain' ? 'helps' : 'costs');
}

function topGain(row: DefectRow): number {
  const top = row.gains[0];
  return top?.verdict === 'helps' ? top.effect : 0;
}
