import type { Finding, Measurement } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Domains } from '../../../src/derived/domains.js';
import type { Difference } from './differences.js';
import type { Direction, Reversed } from './directions.js';
import type { DomainRate } from './rates.js';
import type { OtherUnit } from './units.js';
import type { OtherWords } from './vocabularies.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
import { round12 } from '../../../src/stats/round12.js';

/** All that was seen of the domains. */
export interface Found {
  readonly domains: Domains;
  readonly differences: readonly Difference[];
  readonly units: readonly (OtherUnit & InColumn)[];
  readonly words: readonly (OtherWords & InColumn)[];
  readonly reversed: readonly Reversed[];
  readonly rates: readonly DomainRate[];
}

interface InColumn {
  readonly column: Column;
  /** Training rows it is about. */
  readonly rows: number;
}

/** Columns named in the note of a domain, those that differ most. */
const mostNamed = 5;

/** Columns that mean something else in some domain. */
export function oddColumns({ units, words, reversed }: Found): ReadonlySet<string> {
  return new Set([...units, ...words, ...reversed].map(({ column }) => column.id));
}

export function findingsOf(found: Found): readonly Finding[] {
  const { domains, units, words, reversed } = found;
  const inDomain = (column: Column, domain: number): Finding['args'] => ({
    column: column.name,
    domain: domains.column.name,
    value: valueOf(domains, domain),
  });
  return [
    ...units.map(({ column, domain, reference, factor, ratio, low, high, rows }): Finding => {
      const size = { factor, ratio: round12(ratio), low: round12(low), high: round12(high) };
      const args = { ...inDomain(column, domain), against: valueOf(domains, reference), ...size, rows };
      return { code: 'domains.other-unit', severity: 'problem', args };
    }),
    ...words.map(({ column, domain, reference, words: pairs, rows }): Finding => {
      const told = pairs.map(({ from, to }) => ({ from, to }));
      const args = { ...inDomain(column, domain), against: valueOf(domains, reference), words: told, rows };
      return { code: 'domains.other-words', severity: 'suspect', args };
    }),
    ...reversed.map(({ column, domain, own, others, p }): Finding => {
      const args = { ...inDomain(column, domain), own: told(own), others: told(others), p: round12(p) };
      return { code: 'domains.reversed', severity: 'suspect', args };
    }),
    ...differing(found),
    ...rates(found),
    ...capped(domains),
  ];
}

function valueOf({ known }: Domains, domain: number): string {
  return known[domain]!.value;
}

function told({ auc, low, high }: Direction): { auc: number; low: number; high: number } {
  return { auc: round12(auc), low: round12(low), high: round12(high) };
}

/** Sources differ by nature, so it is a note; a column in another unit or spelling differs for that reason and is left out. */
function differing({ domains, differences, units, words }: Found): readonly Finding[] {
  const explained = new Set([...units, ...words].map(({ column }) => column.id));
  return domains.known.flatMap(({ value }, domain): Finding[] => {
    const own = differences
      .filter((one) => one.domain === domain && one.alarm && !explained.has(one.histogram.column.id))
      .toSorted((a, b) => b.excess - a.excess);
    if (own.length === 0) return [];
    const columns = own.slice(0, mostNamed).map(({ histogram, excess, pAdjusted }) => {
      return { name: histogram.column.name, psi: round12(excess), p: round12(pAdjusted) };
    });
    const args = { domain: domains.column.name, value, columns, differing: own.length };
    return [{ code: 'domains.differs', severity: 'note', args }];
  });
}

function rates({ domains, rates: all }: Found): readonly Finding[] {
  if (all.length < 2) return [];
  const list = all.map(({ domain, rate, low, high, rows, p }) => ({
    value: valueOf(domains, domain),
    rate: round12(rate),
    low: round12(low),
    high: round12(high),
    rows,
    p: round12(p),
  }));
  const sorted = list.toSorted((a, b) => b.rate - a.rate || (a.value < b.value ? -1 : 1));
  const args = { domain: domains.column.name, rates: sorted };
  return [{ code: 'domains.rates', severity: 'note', args }];
}

function capped({ column, known, values }: Domains): readonly Finding[] {
  if (known.length === values) return [];
  return [{ code: 'domains.capped', severity: 'note', args: { domain: column.name, known: known.length, values } }];
}

export function measurementsOf(found: Found): readonly Measurement[] {
  const { domains, units, words, reversed, rates: all } = found;
  const slice = (domain: number): string => `${domains.column.name} = ${valueOf(domains, domain)}`;
  return [
    count('other-unit', units.length),
    count('other-words', words.length),
    count('reversed', reversed.length),
    count('differing', found.differences.filter(({ alarm }) => alarm).length),
    ...units.map(({ column, domain, ratio, low, high }): Measurement => {
      const limits = { value: round12(ratio), low: round12(low), high: round12(high) };
      return { name: 'domains.unit-ratio', unit: 'ratio', ...limits, column: column.name, slice: slice(domain) };
    }),
    ...reversed.map(({ column, domain, own }): Measurement => {
      const { auc: value, low, high } = told(own);
      return { name: 'domains.auc', unit: 'auc', value, low, high, column: column.name, slice: slice(domain) };
    }),
    ...largest(found).map((one): Measurement => {
      const half = normalQuantile(0.975) * Math.sqrt(one.variance);
      const limits = { value: round12(one.excess), low: round12(one.excess - half), high: round12(one.excess + half) };
      const column = one.histogram.column.name;
      return { name: 'domains.psi-excess', unit: 'psi', ...limits, column, slice: slice(one.domain) };
    }),
    ...all.map(({ domain, rate, low, high }): Measurement => {
      const limits = { value: round12(rate), low: round12(low), high: round12(high) };
      return { name: 'domains.label-rate', unit: 'share', ...limits, slice: slice(domain) };
    }),
  ];
}

function count(name: string, value: number): Measurement {
  return { name: `domains.${name}`, value, unit: 'count' };
}

/** Of each column, the domain in which it differs most. */
function largest({ differences }: Found): readonly Difference[] {
  const best = new Map<string, Difference>();
  for (const one of differences) {
    const { id } = one.histogram.column;
    if ((best.get(id)?.excess ?? -Infinity) < one.excess) best.set(id, one);
  }
  return [...best.values()];
}
