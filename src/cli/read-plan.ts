import { readFile } from 'node:fs/promises';
import { parseTrialPlan, type TrialPlan } from '../ablation/plan/trial-plan.js';
import { AssayError } from '../core/errors.js';

/** What `--plan` asks for: nothing, the plan only, or the replay of a plan. */
export interface PlanRequest {
  readonly replay: TrialPlan | null;
  readonly only: boolean;
}

/** Reads `--plan`: `true` without a value, else the path of a plan or of the run.json that holds one. */
export async function readPlan(option: string | true | undefined): Promise<PlanRequest> {
  if (option === undefined) return { replay: null, only: false };
  if (option === true) return { replay: null, only: true };
  const text = await readFile(option, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: option }, { cause });
  });
  return { replay: parseTrialPlan(planIn(text), option), only: false };
}

/** The plan inside a run.json, or the text itself. */
function planIn(text: string): string {
  const match: unknown = safeParse(text);
  return typeof match === 'object' && match !== null && 'plan' in match ? JSON.stringify(match.plan) : text;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
