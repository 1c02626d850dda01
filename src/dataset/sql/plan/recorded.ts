import type { Step, TypeName } from '../../../core/plan.js';
import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { RecordedStep } from './compiled.js';
import type { Trace } from './original.js';
import { columnAt } from './files.js';
import { entriesSql } from './original.js';

/**
 * Steps as they were recorded: each row and cell step becomes the keyed list of its entries in the log, so that
 * applying it again evaluates no rule. Column verbs stay as they are. Entries of the row `without` are left out.
 */
export function recordedSteps(
  steps: readonly Step[],
  trace: Trace,
  changes: Relation,
  source: { readonly hash: string },
  without: bigint | null,
): readonly RecordedStep[] {
  const others = without === null ? '' : ` AND ${columnAt(changes, 'row_key')} <> ${without}`;
  const list = (step: number, type: TypeName | null) => {
    const side = type === null ? null : trace.pairs.find((p) => p.type === type)!.new;
    const sql = `(${entriesSql(changes, step, side)}${others})`;
    return { list: sql, of: source.hash, ...(type === null ? {} : { type }) };
  };
  return steps.map((step): RecordedStep => {
    const { id, defect, code } = step;
    const set = trace.effects.find((e) => e.step === id && e.kind === 'set');
    switch (step.verb) {
      case 'drop-row':
      case 'repeat-row':
        return { ...step, where: { keys: list(id, null) } };
      case 'weight-row':
        return { id, defect, code, verb: 'weight-row', list: list(id, set!.to) };
      case 'set-label':
        return { id, defect, code, verb: 'set-label', list: list(id, set!.to) };
      case 'set-cell':
        return { ...kept(step), verb: 'set-cell', column: step.column, list: list(id, set!.to) };
      default:
        return step;
    }
  });
}

function kept({ id, defect, code, irreversible }: Step): Pick<Step, 'id' | 'defect' | 'code' | 'irreversible'> {
  return { id, defect, code, ...(irreversible === undefined ? {} : { irreversible }) };
}

/** Counts entries of `steps` on copies that the steps `repeats` would have made: `entries`. */
export function orphanQuery(changes: Relation, steps: readonly number[], repeats: readonly number[]): Query {
  const [copy, step] = [columnAt(changes, 'copy'), columnAt(changes, 'step')];
  return {
    sql: `SELECT count(*) AS entries FROM ${changes.name}
WHERE ${step} IN ${among(steps)} AND ${copy} // 4096 IN ${among(repeats)}`,
  };
}

/** Counts entries by step: `step, entries`, of one row where `key` is given. */
export function entriesByStepQuery(changes: Relation, key: bigint | null): Query {
  const step = columnAt(changes, 'step');
  const where = key === null ? '' : ` WHERE ${columnAt(changes, 'row_key')} = ${key}`;
  return { sql: `SELECT ${step} AS step, count(*) AS entries FROM ${changes.name}${where} GROUP BY ${step}` };
}

/** An IN list that may be empty; no step has the number -1. */
function among(numbers: readonly number[]): string {
  return `(${[-1, ...numbers].join(', ')})`;
}
