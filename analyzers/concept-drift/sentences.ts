import type { Definition, Options } from '../../src/core/defect.js';
import type { Finding } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'concept-drift.moved': (a) =>
    `What features say about the label changed: on rows from ${argText(a['from'])} on, a model that learned from rows of both periods ranks ${gain(a)} better than one that learned from as many earlier rows.${columns(a)}`,
  'concept-drift.steady': (a) =>
    `Rows from ${argText(a['from'])} on teach a model nothing worth reading beyond what as many earlier rows do: ${gain(a)}.`,
  'concept-drift.cannot-tell': () =>
    'Whether features still say the same about the label cannot be told: it takes two periods, a thousand rows, and a hundred of either label.',
};

function gain(a: Finding['args']): string {
  return `${short(a['gain'])} AUC (95% interval ${short(a['low'])} to ${short(a['high'])})`;
}

function columns(a: Finding['args']): string {
  const [names, before, after] = [a['columns'], a['before'], a['after']].map((v) => [v ?? []].flat());
  if (names!.length === 0) return ' No column shows it alone.';
  const said = names!
    .slice(0, 3)
    .map((name, i) => `${argText(name)} (alone ${short(before![i])} before, ${short(after![i])} after)`);
  return ` It shows in ${said.join(', ')}${names!.length > 3 ? ' and others' : ''}.`;
}

function short(value: unknown): string {
  return String(Number(Number(value).toFixed(4)));
}
