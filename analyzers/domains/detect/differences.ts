import type { Relation } from '../../../src/core/relation.js';
import type { Roles } from '../../../src/core/study.js';
import type { Run } from '../../../src/core/run.js';
import type { Sides } from '../../../src/dataset/sql/shapes/sides.js';
import type { Domains } from '../../../src/derived/domains.js';
import type { Compared } from '../../../src/derived/psi/compared-columns.js';
import type { Histogram } from '../../../src/derived/psi/histogram.js';
import type { Judged } from '../../../src/derived/psi/judge.js';
import type { DesignEffects, Psi } from '../../../src/stats/psi.js';
import { countBins } from '../../../src/derived/psi/count-bins.js';
import { designEffects } from '../../../src/derived/psi/design-effects.js';
import { judge, psiOf } from '../../../src/derived/psi/judge.js';

/** A column of one domain against the others. */
export interface Difference extends Judged {
  /** Place of the domain. */
  readonly domain: number;
  /** How many rows count as one; 1 where the column did not alarm with rows as they are. */
  readonly design: DesignEffects;
}

/** Every column of every domain against the others, as `drift` compares two sides; corrected over all of them together. */
export async function differencesOf(
  sample: Relation,
  { column: by, known }: Domains,
  columns: readonly Compared[],
  { user, group }: Roles,
  limits: { readonly q: number; readonly margin: number },
  run: Run,
): Promise<readonly Difference[]> {
  const sides = known.map(({ value }): Sides => ({ kind: 'value', relation: sample, by, value }));
  const histograms: { readonly domain: number; readonly histogram: Histogram }[] = [];
  for (const [domain, own] of sides.entries()) {
    const counted = await countBins({ sides: own }, columns, run);
    histograms.push(...counted.map((histogram) => ({ domain, histogram })));
  }
  const first = judge(
    pairs(() => undefined),
    limits,
  );
  const designs = new Map<Histogram, DesignEffects>();
  for (const [domain, own] of sides.entries()) {
    const suspects = first.filter(({ alarm }, i) => alarm && histograms[i]!.domain === domain);
    const compared = { sides: own, rows: rowsOf(suspects[0]?.histogram) };
    const found = await designEffects(
      compared,
      user ?? group,
      suspects.map(({ histogram }) => histogram),
      run,
    );
    for (const [histogram, design] of found) designs.set(histogram, design);
  }
  return judge(
    pairs((histogram) => designs.get(histogram)),
    limits,
  ).map((judged, i) => ({
    ...judged,
    domain: histograms[i]!.domain,
    design: designs.get(judged.histogram) ?? { reference: 1, current: 1 },
  }));

  function pairs(design: (of: Histogram) => DesignEffects | undefined): readonly (readonly [Histogram, Psi])[] {
    return histograms.map(({ histogram }) => [histogram, psiOf(histogram, design(histogram))]);
  }
}

function rowsOf(histogram: Histogram | undefined): { readonly reference: number; readonly current: number } {
  const total = (side: 'reference' | 'current'): number =>
    (histogram?.bins ?? []).reduce((sum, bin) => sum + bin[side], 0);
  return { reference: total('reference'), current: total('current') };
}
