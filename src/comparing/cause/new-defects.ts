import type { Audit } from '../../audit/audit.js';
import type { Both } from '../both.js';
import type { Cause } from './cause.js';
import type { Contest } from '../contest.js';
import type { Defect } from '../../core/defect.js';
import type { Evidence } from '../../core/evidence.js';
import type { Run } from '../../core/run.js';
import type { Suspect } from '../../ablation/propose.js';
import { propose } from '../../ablation/propose.js';
import { restrict } from '../../ablation/sample.js';
import { audit } from '../../audit/audit.js';

/** A defect grew where its share is this many times A's, and more by this much. */
const grown = { times: 2, by: 0.002 };

/**
 * Defects that B has and A has not, or half as much, with the repairs they offer. Those that compare data with other data
 * are left out: A and B are compared here, column by column.
 */
export async function newDefects({ a, b }: Both, defects: readonly Defect[], run: Run): Promise<readonly Suspect[]> {
  const alone = defects.filter(({ needs }) => !needs.includes('comparison') && !needs.includes('test'));
  const before = await audit(a, alone, run.within('A'));
  const after = await audit(b, alone, run.within('B'));
  const { suspects } = await propose(b, alone, after, run.within('propose repairs'));
  return suspects.filter(({ defect, evidence }) => isNew(evidence, before, defect.id));
}

function isNew(evidence: Evidence, before: Audit, id: string): boolean {
  const outcome = before.get(id);
  if (outcome?.outcome !== 'ok') return false;
  const had = outcome.evidence;
  if (evidence.score !== undefined && had.score !== undefined)
    return evidence.score > grown.times * had.score && evidence.score > had.score + grown.by;
  const known = new Set(had.findings.map(nameOf));
  return evidence.findings.some((finding) => finding.severity !== 'note' && !known.has(nameOf(finding)));
}

function nameOf({ code, args }: Evidence['findings'][number]): string {
  return `${code} ${JSON.stringify(args['column'] ?? null)}`;
}

/** B under each repair. */
export async function repairedDefects(contest: Contest, suspects: readonly Suspect[]): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  for (const { defect, repairs } of suspects) {
    for (const repair of repairs) {
      const { experiment, marks, arm } = contest;
      const all = await experiment.arm(`${defect.id}/${repair.id}`, repair.plan);
      const without = experiment.armOf(all.name, all.units, async (seed) => restrict(await all.overlay(seed), marks.b));
      causes.push({
        kind: 'defect',
        title: `${defect.title}: ${repair.title}`,
        move: null,
        defect: { id: defect.id, repair: repair.id },
        units: repair.units,
        with: arm.b,
        without,
        side: 'b',
      });
    }
  }
  return causes;
}
