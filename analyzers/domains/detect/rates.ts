import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Rate } from '../../../src/derived/clustered-rate.js';
import type { Domains } from '../../../src/derived/domains.js';
import { labelRatesBy } from '../../../src/dataset/sql/shapes/label-rates.js';
import { rateOf } from '../../../src/derived/clustered-rate.js';
import { benjaminiHochberg } from '../../../src/stats/correction.js';
import { twoProportions, wilson } from '../../../src/stats/proportion.js';

/** The share of positives of a domain, with 95% limits of as many independent rows as it is worth. */
export interface DomainRate extends Rate {
  /** Place of the domain. */
  readonly domain: number;
  readonly low: number;
  readonly high: number;
  /** Against the other domains, Benjamini-Hochberg over the domains. */
  readonly p: number;
}

/** Values of the domain column that are read at most; a rate of more says nothing of a source. */
const mostValues = 1_000_000;

/** Label rates of the domains over all rows; those without labelled rows are left out. */
export async function ratesOf({ train, roles }: Study, domains: Domains, run: Run): Promise<readonly DomainRate[]> {
  const { label, user, group } = roles;
  if (label === null) return [];
  const query = labelRatesBy(train, domains.column, label, user ?? group, run.engine.dialect);
  const rows = await run.engine.rows(query, mostValues, run);
  const rates = domains.known.flatMap(({ value }, domain) => {
    const own = rateOf(rows.find((row) => row['side'] === value));
    return own.rows > 0 ? [{ ...own, domain }] : [];
  });
  const p = benjaminiHochberg(rates.map((rate) => againstOthers(rate, rates)));
  return rates.map((rate, i) => {
    const { low, high } = wilson(rate.positives / rate.effect, rate.rows / rate.effect);
    return { ...rate, low, high, p: p[i]! };
  });
}

function againstOthers(own: Rate, all: readonly Rate[]): number {
  const others = all.filter((rate) => rate !== own);
  const sum = (of: (rate: Rate) => number): number => others.reduce((total, rate) => total + of(rate), 0);
  const trials = sum((rate) => rate.rows);
  if (trials === 0) return 1;
  const rest = { successes: sum((rate) => rate.positives), trials, effect: trials / sum((r) => r.rows / r.effect) };
  return twoProportions({ successes: own.positives, trials: own.rows, effect: own.effect }, rest).p;
}
