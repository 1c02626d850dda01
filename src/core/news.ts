/** What a job has learned so far, for those who watch it. Results never depend on it, and nothing is read back from it. */
export type News =
  | {
      readonly kind: 'looked';
      readonly defect: string;
      readonly title: string;
      readonly outcome: 'ok' | 'not-applicable' | 'failed' | 'cancelled';
      /** Units it flagged; 0 where it names none. */
      readonly flagged: number;
      /** Its first finding in one sentence, or why there is none; empty where nothing was found. */
      readonly sentence: string;
    }
  | {
      readonly kind: 'gain';
      readonly defect: string;
      readonly arm: string;
      readonly title: string;
      /** Gain in AUC on inner rows after these pairs of trainings, with raw 95% limits. */
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly pairs: number;
      /** False while more pairs are to come. */
      readonly settled: boolean;
    };
