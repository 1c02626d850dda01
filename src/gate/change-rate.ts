import { median } from 'simple-statistics';
import { recentOf } from './recent.js';

/**
 * Change of a value against a series (newest first) as a share of its median over the newest 20 runs: .5 is half as much
 * again, -.5 half. A reason where the series is too short, or its median is 0 and the value is not.
 */
export function changeRate(value: number, series: readonly number[]): number | string {
  const recent = recentOf(series);
  if (typeof recent === 'string') return recent;
  const usual = median([...recent]);
  if (value === usual) return 0;
  if (usual === 0)
    return `the median of the last ${recent.length} runs is 0, so a rate of change says nothing; use max`;
  return (value - usual) / Math.abs(usual);
}
