import type { OtherModel } from '../src/core/other-model.js';
import { auc, count, interval, list, plural, visible } from './format.js';

/** The sentences about a second model, made once and used by every renderer. */

/** What a heading says of it. */
export function otherModelHeading(model: OtherModel): string {
  const name = visible(model.name);
  if (model.failed !== null) return `${name} could not be measured`;
  const { agreement } = model;
  if (agreement === null) return model.auc === null ? `${name} was not measured` : `What ${name} says`;
  if (!resolvesGains(model)) return `Whether ${name} ranks the repairs alike cannot be told`;
  const differences = agreement.reversed.length + agreement.opposed.length;
  return differences === 0 ? `${name} and the built-in trees agree` : `Where ${name} and the built-in trees differ`;
}

/** AUC of both models as the data is, on the same rows and seeds. */
export function otherModelLevel({ name, rows, auc: found }: OtherModel): string | null {
  if (found === null) return null;
  const { own, builtIn } = found;
  return `As it is, ${visible(name)} reaches AUC ${auc(own.value)} ${interval(own)} with ${count(rows)} training rows, the built-in trees ${auc(builtIn.value)} ${interval(builtIn)}.`;
}

/** How the two rank the repairs; null where there is nothing to rank. */
export function agreementSentence(model: OtherModel): string | null {
  const { agreement } = model;
  if (agreement === null) return null;
  if (!resolvesGains(model))
    return `Whether the two rank the ${plural(agreement.repairs, 'repair')} that both measured alike cannot be told: ${visible(model.name)} resolves no gain, so their order says nothing.`;
  const { repairs, tau, same, pairs, reversed, opposed } = agreement;
  const order = `Of ${plural(repairs, 'repair')} that both measured, ${same} of ${plural(pairs, 'pair')} stand in the same order (Kendall's tau ${tau.toFixed(2)}).`;
  const turned =
    reversed.length === 0
      ? 'No pair is resolved in the other order.'
      : `In the other order, with intervals apart in both models: ${list(reversed.map((r) => `"${visible(r.first)}" before "${visible(r.second)}" by the built-in trees only`))}.`;
  const signs =
    opposed.length === 0 ? [] : [`One model gains and the other loses by: ${list(opposed.map((t) => visible(t)))}.`];
  return [order, turned, ...signs].join(' ');
}

/** What is not known of it, each a sentence. */
export function otherModelUnknown(model: OtherModel): readonly string[] {
  const failed = model.failed === null ? [] : [visible(model.failed)];
  const unmeasured = model.unmeasured.map((u) => `Not measured, ${visible(u.title)}: ${visible(u.reason)}`);
  return [...failed, ...unmeasured, ...model.leftOut.map((text) => visible(text))];
}

/** An order of gains none of which can be told from nothing says nothing. */
function resolvesGains({ effects }: OtherModel): boolean {
  return effects.some((e) => e.kind === 'gain' && e.metric === 'auc' && e.verdict !== 'not-resolved');
}
