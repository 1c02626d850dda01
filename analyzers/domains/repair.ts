import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Expr, Verb } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { castForArithmetic, dividedBy } from '../../src/derived/unit-verbs.js';

/**
 * One repair for all numbers in another unit, one for all words written otherwise, by rules on the domain, so that rows to
 * come are read in the same way. A reversed direction is left: what turned it is not in the data.
 */
export function repair(study: Study, { findings }: Evidence): Promise<readonly Repair[]> {
  const of = (code: string): readonly Finding['args'][] =>
    findings.filter((finding) => finding.code === code).map(({ args }) => args);
  const units = of('domains.other-unit');
  const words = of('domains.other-words');
  return Promise.resolve([
    ...offered('convert-units', 'convert units', 'domains.other-unit', units, unitVerbs(study, units)),
    ...offered('common-words', 'write values', 'domains.other-words', words, wordVerbs(study, words)),
  ]);
}

function offered(
  id: string,
  does: string,
  code: string,
  found: readonly Finding['args'][],
  verbs: readonly Verb[],
): readonly Repair[] {
  if (verbs.length === 0) return [];
  const names = [...new Set(found.map((args) => argText(args['column'])))];
  const title = `${does} of ${names.join(', ')} as in the other domains`;
  const units = found.reduce((sum, { rows }) => sum + Number(rows), 0);
  return [{ id, title, plan: planOf('domains', code, ...verbs), units }];
}

function unitVerbs(study: Study, found: readonly Finding['args'][]): readonly Verb[] {
  const cast = new Set<string>();
  return found.flatMap((args): readonly Verb[] => {
    const [column, inside] = placeOf(study, args);
    if (column === undefined || inside === null) return [];
    const first = cast.has(column.id) ? [] : castForArithmetic(column);
    cast.add(column.id);
    const to = dividedBy(column, Number(args['factor']));
    return [...first, { verb: 'set-cell', column: column.name, where: { rule: inside }, to }];
  });
}

function wordVerbs(study: Study, found: readonly Finding['args'][]): readonly Verb[] {
  return found.flatMap((args): readonly Verb[] => {
    const [column, inside] = placeOf(study, args);
    if (column === undefined || inside === null) return [];
    const pairs = args['words'] as unknown as readonly { readonly from: string; readonly to: string }[];
    // All at once: of words that changed places, one verb after the other would read what the one before wrote.
    const to = pairs.reduceRight<Expr>((rest, pair) => rewritten(column, pair, rest), expr.col(column.name));
    return [{ verb: 'set-cell', column: column.name, where: { rule: inside }, to }];
  });
}

/** `to` where the cell is `from`, else what `rest` says. */
function rewritten(column: Column, { from, to }: { readonly from: string; readonly to: string }, rest: Expr): Expr {
  const isFrom = expr.cmp('=', expr.col(column.name), expr.literal(column.type, from));
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is the name of this branch in every plan; nothing awaits one
  return { when: isFrom, then: expr.literal(column.type, to), else: rest };
}

/** The column, and the rule that holds in the domain; null where a column of the finding is gone. */
function placeOf({ whole }: Study, args: Finding['args']): readonly [Column | undefined, Expr | null] {
  const by = columnNamed(whole, argText(args['domain']));
  const column = columnNamed(whole, argText(args['column']));
  if (by === undefined) return [column, null];
  return [column, expr.cmp('=', expr.col(by.name), expr.literal(by.type, argText(args['value'])))];
}
