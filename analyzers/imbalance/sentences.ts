import type { Definition, Options } from '../../src/core/defect.js';
import type { Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'imbalance.rare': (a) =>
    `Positives are rare: ${percent(a['rate'])} (95% interval ${percent(a['low'])} to ${percent(a['high'])}). Rarity alone is no defect; it bounds what can be resolved.`,
  'imbalance.round-rate': (a) =>
    `There are ${argText(a['negatives'])} negatives to ${argText(a['positives'])} positives, exactly ${argText(a['pattern'])}: somebody may have sampled rows by their label. If so, probabilities are off and the rate is not that of the world.`,
  'imbalance.sampled': (a) =>
    `Of the negatives of the ${argText(a['against'])} file about ${percent(a['kept'])} are here at equal positives (95% interval ${percent(a['low'])} to ${percent(a['high'])}): rows were sampled by their label, or the rate moved.`,
};

function percent(share: Json | undefined): string {
  return `${Number((Number(share) * 100).toPrecision(3))}%`;
}
