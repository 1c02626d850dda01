import type { Defect } from '../src/core/defect.js';
import { bots } from './bots/index.js';
import { conceptDrift } from './concept-drift/index.js';
import { conflicts } from './conflicts/index.js';
import { constants } from './constants/index.js';
import { delayedLabels } from './delayed-labels/index.js';
import { dirtyCells } from './dirty-cells/index.js';
import { domains } from './domains/index.js';
import { drift } from './drift/index.js';
import { duplicates } from './duplicates/index.js';
import { embeddings } from './embeddings/index.js';
import { holes } from './holes/index.js';
import { imbalance } from './imbalance/index.js';
import { labelDrift } from './label-drift/index.js';
import { labelNoise } from './label-noise/index.js';
import { leakage } from './leakage/index.js';
import { missing } from './missing/index.js';
import { outliers } from './outliers/index.js';
import { overlap } from './overlap/index.js';
import { pii } from './pii/index.js';
import { positionBias } from './position-bias/index.js';
import { schema } from './schema/index.js';
import { sequence } from './sequence/index.js';
import { skew } from './skew/index.js';
import { text } from './text/index.js';

/** Every defect Assay knows, in the order in which they are looked for and shown. A new one is a folder and a line here. */
export const defects: readonly Defect[] = [
  labelNoise,
  missing,
  duplicates,
  conflicts,
  drift,
  labelDrift,
  conceptDrift,
  constants,
  dirtyCells,
  pii,
  delayedLabels,
  bots,
  holes,
  positionBias,
  sequence,
  text,
  leakage,
  overlap,
  outliers,
  embeddings,
  imbalance,
  schema,
  skew,
  domains,
];
