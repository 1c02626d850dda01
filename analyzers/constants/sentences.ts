import type { Definition, Options } from '../../src/core/defect.js';
import type { Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'constants.constant': (a) => `${argText(a['column'])} holds the same value in every row.`,
  'constants.near-constant': (a) =>
    `${names(a['columns'])}: one value in nearly all rows, at most ${argText(a['others'])} rows hold another one.`,
  'constants.repeated': (a) => `${argText(a['column'])} holds what ${argText(a['other'])} holds, in every row.`,
  'constants.renamed': (a) =>
    `each of the ${argText(a['values'])} values of ${argText(a['column'])} stands for one value of ${argText(a['other'])}, and the other way round.`,
  'constants.correlated': (a) =>
    `${argText(a['column'])} and ${argText(a['other'])} are correlated at r = ${argText(a['r'])}: one tells the other.`,
  'constants.not-compared': (a) =>
    `${argText(a['columns'])} numeric columns beyond the first ${argText(a['compared'])} were not compared for correlation.`,
};

/** The first few by name, the others counted. */
function names(columns: Json | undefined): string {
  const all = Array.isArray(columns) ? columns.map((name: Json) => argText(name)) : [];
  const more = all.length > 5 ? ` and ${all.length - 5} more` : '';
  return all.slice(0, 5).join(', ') + more;
}
