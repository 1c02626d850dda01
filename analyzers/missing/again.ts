import type { Again } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

/**
 * As many cells once more in the column that lost most: at random, and, where there was an outage, in another stretch.
 * Doses are shares of the column's cells.
 */
export function again(evidence: Evidence): readonly Again[] {
  const lost = new Map<string, { cells: number; share: number; block: boolean }>();
  for (const { code, args } of evidence.findings) {
    const column = argText(args['column']);
    if (code !== 'missing.outage' && code !== 'missing.disguised' && code !== 'missing.null') continue;
    const cells = Number(args['cells']);
    const share = Number(args['share']);
    const known = lost.get(column) ?? { cells: 0, share: 0, block: false };
    const block = known.block || code === 'missing.outage';
    lost.set(column, { cells: known.cells + cells, share: Math.min(1, known.share + share), block });
  }
  const [worst] = [...lost].toSorted(([a, x], [b, y]) => y.cells - x.cells || (a < b ? -1 : 1));
  if (worst === undefined || !(worst[1].share > 0)) return [];
  const [column, { share, block }] = worst;
  const options = { column };
  return [
    { mechanism: 'mcar', dose: share, options },
    ...(block ? [{ mechanism: 'outage', dose: share, options }] : []),
  ];
}
