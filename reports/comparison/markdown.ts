import type { DataComparison } from '../../src/core/data-comparison.js';
import { count, visible } from '../format.js';
import { code, table, text } from '../renderers/markdown-cells.js';
import {
  causesHeading,
  causesNote,
  differenceText,
  explainsText,
  howSentence,
  levelsText,
  schemaSentence,
  togetherSentence,
  trainingSentence,
} from './sentences.js';

/** A comparison as GitHub-flavoured Markdown. */
export function comparisonMarkdown(found: DataComparison): string {
  const { a, b, auc, causes, schema } = found;
  const rows = causes.map((cause) => [
    text(visible(cause.title)),
    count(cause.units),
    differenceText(cause),
    explainsText(cause),
  ]);
  const parts = [
    `# ${text(found.verdict.sentence)}`,
    `A ${code(a.name)}, ${count(a.rows)} rows · B ${code(b.name)}, ${count(b.rows)} rows · seed ${found.how.seed}`,
    ...(auc === null
      ? []
      : [`AUC ${levelsText(auc)}; B − A ${differenceText(auc.difference)}. ${trainingSentence(auc)}`]),
    ...(auc === null ? [] : [`## ${text(causesHeading(found))}`, causesNote]),
    ...(rows.length === 0 ? [] : [table(['Change', 'Units', 'AUC with it', 'Of the difference'], rows)]),
    ...(found.together === null ? [] : [togetherSentence(found.together)]),
    ...found.unmeasured.map(({ title, reason }) => `Not measured: ${text(title)}. ${text(reason)}`),
    ...(schema.length === 0
      ? []
      : ['## Columns', schema.map((change) => `- ${text(schemaSentence(change))}`).join('\n')]),
    ...(auc === null ? [] : [text(howSentence(found))]),
  ];
  return `${parts.join('\n\n')}\n`;
}
