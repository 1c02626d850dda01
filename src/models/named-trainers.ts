import type { Frame } from './frame/frame.js';
import type { Run } from '../core/run.js';
import type { Trainer } from './trainer.js';
import { createEncoded } from './encoding/encoded-trainer.js';
import { encodingNames } from './encoding/encoding.js';
import { createForest, mostForestRows } from './forest/trainer.js';
import { createLogistic } from './logistic/trainer.js';

/** A trainer that `--trainer` knows by name. */
export interface NamedTrainer {
  /** Training rows it can bear; a larger training set is sampled by whole units. Null: any number. */
  readonly mostRows: number | null;
  /** What reports call it; its name where absent. */
  readonly title?: string;
  create(frame: Frame, run: Run): Promise<Trainer>;
}

/** All trainers besides the built-in trees, by name. Adding one is adding a line. */
export const namedTrainers: ReadonlyMap<string, NamedTrainer> = new Map<string, NamedTrainer>([
  ['forest', { mostRows: mostForestRows, create: createForest }],
  ['logistic', { mostRows: null, create: createLogistic }],
  // The built-in trees with another encoding of ids.
  ...encodingNames.map((name): [string, NamedTrainer] => [
    name,
    { mostRows: null, title: `built-in GBDT, ${name}`, create: (frame, run) => createEncoded(name, frame, run) },
  ]),
]);
