import type { Because, Defect } from '../core/defect.js';
import type { Cause, Evidence, Finding, Outcome } from '../core/evidence.js';

/**
 * The outcomes with every finding that follows from another one saying so: it becomes a note after all others of its defect, so that a story is told
 * once, where it begins. Measurements and flagged rows stay. What is explained itself still explains: a chain is told link by link.
 */
export function relate(
  outcomes: ReadonlyMap<string, Outcome>,
  defects: readonly Defect[],
): ReadonlyMap<string, Outcome> {
  const all = [...outcomes].flatMap(([defect, outcome]) =>
    outcome.outcome === 'ok' ? outcome.evidence.findings.map((finding) => ({ defect, finding })) : [],
  );
  const rules = new Map(defects.map((defect) => [defect.id, defect.because]));
  return new Map(
    [...outcomes].map(([id, outcome]) => {
      const own = rules.get(id) ?? [];
      if (outcome.outcome !== 'ok' || own.length === 0) return [id, outcome];
      return [id, { ...outcome, evidence: explained(outcome.evidence, (finding) => causesOf(finding, own, all)) }];
    }),
  );
}

interface Told {
  readonly defect: string;
  readonly finding: Finding;
}

function causesOf({ code, args }: Finding, rules: readonly Because[], all: readonly Told[]): readonly Cause[] {
  const causes = all.filter(({ finding }) =>
    rules.some((rule) => rule.code === code && rule.of === finding.code && rule.when(args, finding.args)),
  );
  const named = new Map(causes.map(({ defect, finding }) => [finding.code, { defect, code: finding.code }]));
  return [...named.values()];
}

function explained(evidence: Evidence, causes: (finding: Finding) => readonly Cause[]): Evidence {
  const findings = evidence.findings.map((finding): Finding => {
    const because = causes(finding);
    return because.length === 0 ? finding : { ...finding, severity: 'note', because };
  });
  const follow = findings.filter((finding) => finding.because !== undefined);
  if (follow.length === 0) return evidence;
  return { ...evidence, findings: [...findings.filter((finding) => finding.because === undefined), ...follow] };
}
