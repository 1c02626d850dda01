import { Document } from 'yaml';
import type { Cleaning } from '../core/effect.js';
import type { Plan } from '../core/plan.js';

/**
 * The recipe as commented YAML: the accepted steps with their evidence, ready to be read, edited and replayed. An
 * empty recipe says why it is empty.
 */
export function recipeText(plan: Plan, cleaning: Cleaning): string {
  const accepted = cleaning.steps.filter((step) => step.decision === 'accepted');
  const content = {
    version: 1,
    steps: plan.steps,
    evidence: accepted.map(({ defect, repair, title, gain, units, seeds }) => ({
      defect,
      repair,
      title,
      gain,
      units,
      seeds,
      acceptedBy: 'chain',
    })),
    rejected: cleaning.steps
      .filter((step) => step.decision !== 'accepted')
      .map(({ defect, repair, decision, reason }) => ({ defect, repair, decision, reason })),
  };
  const document = new Document(content, { aliasDuplicateObjects: false });
  const proof = cleaning.proof;
  const head = [
    ' Repairs that Assay accepted, in order. Each step is one verb of a plan; constants are fitted on training rows.',
    proof === null
      ? ' Nothing was accepted, so nothing is changed.'
      : ` Proof on rows that took no part in choosing: AUC ${short(proof.gain)} [${short(proof.low)}, ${short(proof.high)}], ${proof.holds ? 'holds' : 'does not hold'}.`,
  ];
  document.commentBefore = head.join('\n');
  return document.toString({ lineWidth: 0 });
}

function short(value: number): string {
  return value.toFixed(4);
}
