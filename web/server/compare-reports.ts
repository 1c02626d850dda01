import type { Effect } from '../../src/core/effect.js';
import { list, percent, two } from '../../reports/format.js';
import { titles } from '../../reports/headings.js';
import type { Report, ReportColumn } from '../../reports/model.js';
import type { ColumnChange, Comparison, EffectPair, FlaggedPair, Limited, RuleChange } from '../contract/compare.js';

/** What changed from one report to another; what makes them unlike comes first. */
export function compareReports(before: Report, after: Report): Comparison {
  const effects = effectPairs(before, after);
  const flagged = flaggedPairs(before, after);
  const columns = columnChanges(before.columns, after.columns);
  return {
    sentence: sentence(effects, flagged, columns),
    warnings: warnings(before, after),
    auc: aucChange(before, after),
    effects,
    flagged,
    rules: ruleChanges(before, after),
    columns,
    columnCount: new Set([...before.columns, ...after.columns].map((c) => c.name)).size,
  };
}

function sentence(
  effects: readonly EffectPair[],
  flagged: readonly FlaggedPair[],
  columns: readonly ColumnChange[],
): string {
  const named = (reading: EffectPair['reading'], says: string): readonly string[] => {
    const n = new Set(effects.filter((e) => e.reading === reading).map((e) => `${e.defect}/${e.title}`)).size;
    return n === 0 ? [] : [`${n} ${says}`];
  };
  const parts = [
    ...named('new', 'new'),
    ...named('grew', 'grew'),
    ...named('shrank', 'shrank'),
    ...named('gone', 'gone'),
  ];
  if (parts.length > 0) return `Effects on AUC: ${list(parts)}`;
  const moved = flagged.filter((f) => f.before !== f.after).length;
  if (moved === 0 && columns.length === 0) return 'Nothing changed that can be told apart from noise';
  const checks = moved === 1 ? 'One check flags' : `${moved} checks flag`;
  return `No clear change in AUC; ${checks} another number of rows, ${columns.length} columns changed`;
}

function warnings(before: Report, after: Report): readonly string[] {
  const found: string[] = [];
  const differ = (what: string, a: string, b: string): void => {
    if (a !== b) found.push(`${what} differ: ${a}, then ${b}.`);
  };
  differ('Data names', before.study.name, after.study.name);
  differ('Rows', String(before.study.rows), String(after.study.rows));
  differ('Seeds', String(before.how.seed), String(after.how.seed));
  differ('Versions', before.how.versions['assay'] ?? 'none', after.how.versions['assay'] ?? 'none');
  differ('Models', modelOf(before), modelOf(after));
  differ('Splits', before.how.split ?? 'none', after.how.split ?? 'none');
  differ('Roles', rolesOf(before), rolesOf(after));
  if ((before.effects.length === 0) !== (after.effects.length === 0))
    found.push('Only one of the two measured anything; the other looked and trained nothing for it.');
  return found;
}

function modelOf({ how }: Report): string {
  const model = how.trainer['model'];
  return typeof model === 'string' ? model : 'none';
}

function rolesOf({ study }: Report): string {
  return study.roles.map((r) => `${r.role} ${r.column}`).join(', ') || 'none';
}

function aucChange(before: Report, after: Report): Comparison['auc'] {
  const [a, b] = [before.verdict.auc?.asIs, after.verdict.auc?.asIs];
  return a === undefined || b === undefined ? null : { before: a, after: b, change: difference(a, b) };
}

function effectPairs(before: Report, after: Report): readonly EffectPair[] {
  const [a, b] = [byArm(before), byArm(after)];
  const names = new Map([...titles(before), ...titles(after)]);
  return [...new Set([...b.keys(), ...a.keys()])].map((key) => {
    const [before, after] = [a.get(key), b.get(key)];
    const { kind, defect, title } = (after ?? before)!;
    return {
      defect: names.get(defect) ?? defect,
      title,
      kind,
      before: before === undefined ? null : limits(before),
      after: after === undefined ? null : limits(after),
      change: before === undefined || after === undefined ? null : difference(limits(before), limits(after)),
      reading: readingOf(before, after),
    };
  });
}

function byArm(report: Report): ReadonlyMap<string, Effect> {
  return new Map(report.effects.filter((e) => e.metric === 'auc').map((e) => [`${e.kind}/${e.defect}/${e.arm}`, e]));
}

function readingOf(before: Effect | undefined, after: Effect | undefined): EffectPair['reading'] {
  const was = before !== undefined && before.verdict !== 'not-resolved';
  const is = after !== undefined && after.verdict !== 'not-resolved';
  if (before === undefined || after === undefined) return is ? 'new' : was ? 'gone' : 'no clear change';
  const { low, high } = difference(limits(before), limits(after));
  if (low <= 0 && high >= 0) return 'no clear change';
  if (!was && is) return 'new';
  if (was && !is) return 'gone';
  return Math.abs(after.effect) > Math.abs(before.effect) ? 'grew' : 'shrank';
}

function limits({ effect, low, high }: Effect): Limited {
  return { value: effect, low, high };
}

/** Change with an interval that takes the two runs as independent: half widths add in squares, each side its own. */
function difference(a: Limited, b: Limited): Limited {
  const value = b.value - a.value;
  return {
    value,
    low: value - Math.hypot(a.high - a.value, b.value - b.low),
    high: value + Math.hypot(a.value - a.low, b.high - b.value),
  };
}

function flaggedPairs(before: Report, after: Report): readonly FlaggedPair[] {
  const [a, b] = [flaggedBy(before), flaggedBy(after)];
  const names = new Map([...titles(before), ...titles(after)]);
  return [...new Set([...b.keys(), ...a.keys()])]
    .map((defect) => ({
      defect,
      title: names.get(defect) ?? defect,
      before: a.get(defect) ?? null,
      after: b.get(defect) ?? null,
    }))
    .filter((pair) => (pair.before ?? 0) > 0 || (pair.after ?? 0) > 0);
}

function flaggedBy(report: Report): ReadonlyMap<string, number> {
  return new Map(report.defects.filter((d) => d.outcome === 'ok').map((d) => [d.id, d.rows?.flagged ?? 0]));
}

function ruleChanges(before: Report, after: Report): readonly RuleChange[] {
  const [a, b] = [outcomes(before), outcomes(after)];
  return [...new Set([...b.keys(), ...a.keys()])]
    .map((rule) => ({ rule, before: a.get(rule) ?? null, after: b.get(rule) ?? null }))
    .filter((change) => change.before !== change.after);
}

function outcomes(report: Report): ReadonlyMap<string, string> {
  return new Map((report.gate?.rules ?? []).map((r) => [`${r.rule} ${r.bound} ${r.limit}`, r.outcome]));
}

function columnChanges(before: readonly ReportColumn[], after: readonly ReportColumn[]): readonly ColumnChange[] {
  const old = new Map(before.map((c) => [c.name, c]));
  const young = new Map(after.map((c) => [c.name, c]));
  const names = [...young.keys(), ...[...old.keys()].filter((name) => !young.has(name))];
  return names.flatMap((name) => {
    const [a, b] = [old.get(name), young.get(name)];
    const what = columnChange(a, b);
    return what.length === 0
      ? []
      : [{ name, what, before: a?.histogram.counts ?? [], after: b?.histogram.counts ?? [] }];
  });
}

/** Changes of less than a hundredth in null rate and PSI are not told. */
function columnChange(a: ReportColumn | undefined, b: ReportColumn | undefined): readonly string[] {
  if (a === undefined) return ['new column'];
  if (b === undefined) return ['column is gone'];
  const what: string[] = [];
  if (a.type !== b.type) what.push(`type ${a.type}, then ${b.type}`);
  if (a.role !== b.role) what.push(`role ${a.role}, then ${b.role}`);
  if (Math.abs(a.nullShare - b.nullShare) >= 0.01) what.push(`null ${percent(a.nullShare)} to ${percent(b.nullShare)}`);
  if (a.psi !== null && b.psi !== null && Math.abs(a.psi - b.psi) >= 0.01)
    what.push(`PSI ${two(a.psi)} to ${two(b.psi)}`);
  if (a.findings.join() !== b.findings.join()) what.push(`findings: ${b.findings.join(', ') || 'none any more'}`);
  return what;
}
