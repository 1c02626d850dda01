import type { Definition, Options } from '../../src/core/defect.js';
import type { Finding, Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'position-bias.effect': (a) =>
    `The same item is positive more often where it stands ${Number(a['odds']) < 1 ? 'higher' : 'lower'}: the odds change ${times(a)} from one position to the next.${curve(a)} ${a['dealt'] === true ? 'Items stand at positions as if dealt at random' : `Of what positions could tell, ${percent(a['overlap'])} lies within items`}, so the effect can be told from relevance.`,
  'position-bias.not-separable': (a) =>
    `Positions differ in their rates (p = ${short(a['p'])}), and how much of it is the place and how much the item that stands there cannot be told: ${a['within'] === null ? 'no column names the item' : `${percent(a['overlap'])} of what positions could tell lies within items`}.`,
  'position-bias.relevance': (a) =>
    `Positions differ in their rates (p = ${short(a['p'])}) because of the items that stand there: within items the odds change ${times(a)} a position.`,
  'position-bias.none': (a) => `The position has no effect worth reading: the odds change ${times(a)} a position.`,
  'position-bias.cannot-tell': (a) =>
    'odds' in a
      ? `Whether the position matters cannot be told from ${argText(a['positives'])} positives: the odds may change ${times(a)} a position (p = ${short(a['p'])}). This is not a proof that it does not matter.`
      : 'Whether the position matters cannot be told: it takes two positions, and rows of both labels.',
  'position-bias.no-order': () =>
    'The position is no number, so what stands higher is unknown. Give positions as numbers, 1 on top.',
};

function times(a: Finding['args']): string {
  return `${short(a['odds'])} times (95% interval ${short(a['low'])} to ${short(a['high'])})`;
}

/** Some of the positions, by their rate over the first. */
function curve({ seen }: Finding['args']): string {
  const all = Array.isArray(seen) ? seen.map((s: Json) => s as { position: number; ratio: number }) : [];
  const some = all.filter((_, i) => i === 0 || i === all.length - 1 || i === all.length >> 1);
  if (some.length === 0) return '';
  return ` Against the first position the rate of the same items is ${some.map((s) => `${percent(s.ratio)} at ${s.position}`).join(', ')}.`;
}

function short(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}

function percent(share: Json | undefined): string {
  return `${Number((100 * Number(share)).toPrecision(2))}%`;
}
