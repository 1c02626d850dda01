import type { Effect, Unmeasured } from '../core/effect.js';
import type { Measurement } from '../core/evidence.js';

/** What a gate reads: the measured numbers of a run, and those of earlier runs. */
export interface GateEvidence {
  readonly analyzers: readonly {
    readonly id: string;
    readonly title: string;
    readonly outcome: 'ok' | 'not-applicable' | 'failed' | 'cancelled';
    readonly reason?: string;
    readonly measurements: readonly Measurement[];
  }[];
  /** Value of a measurement for a column that no measurement names, by measurement name. */
  readonly absent: ReadonlyMap<string, number>;
  /** Names of the columns of the data. */
  readonly columns: readonly string[];
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  /** False where no model was trained: AUC rules are then unknown. */
  readonly trained: boolean;
  readonly baseline: PastRun | null;
  /** Runs on data of the same name, newest first. */
  readonly history: readonly PastRun[];
}

/** The measurements of an earlier run. */
export interface PastRun {
  readonly id: string;
  readonly measurements: readonly Measurement[];
  /** Whether the run looked for a measurement, so that giving none means something. */
  readonly looked: (name: string) => boolean;
}
