import type { ListRef, Step } from '../../../../src/core/plan.js';
import type { RecordedStep } from '../../../../src/dataset/sql/plan/compiled.js';
import type { Applied, Lists } from './apply.js';
import type { Cell } from './cells.js';
import { keyText } from './apply.js';
import { sourceHash } from './generate.js';

/** What is undone: whole steps, or the row and cell entries of one row. */
export interface Undoing {
  readonly steps: readonly number[];
  readonly key: bigint | null;
}

/** The steps that stay, with what they were seen to do in place of their rules. */
export function frozen(
  steps: readonly Step[],
  seen: Applied,
  undoing: Undoing,
): { steps: RecordedStep[]; lists: Lists } {
  const lists = new Map<string, Map<string, Cell>>();
  const list = (step: number): ListRef => {
    const entries = seen.entries.filter((e) => e.step === step && e.k !== undoing.key);
    lists.set(`seen_${step}`, new Map(entries.map((e) => [keyText(e.k, e.copy), e.now?.cell ?? null])));
    const type = seen.touches.find((t) => t.step === step)?.type;
    return { list: `seen_${step}`, of: sourceHash, ...(type === undefined ? {} : { type }) };
  };
  const kept = steps.filter((s) => !undoing.steps.includes(s.id));
  return { lists, steps: kept.map((step) => freeze(step, list)) };
}

function freeze(step: Step, list: (step: number) => ListRef): RecordedStep {
  const { id, defect, code } = step;
  switch (step.verb) {
    case 'drop-row':
    case 'repeat-row':
      return { ...step, where: { keys: list(id) } };
    case 'weight-row':
      return { id, defect, code, verb: 'weight-row', list: list(id) };
    case 'set-label':
      return { id, defect, code, verb: 'set-label', list: list(id) };
    case 'set-cell':
      return { id, defect, code, verb: 'set-cell', column: step.column, list: list(id) };
    default:
      return step;
  }
}
