import type { Definition, Options } from '../../src/core/defect.js';
import type { Json } from '../../src/core/evidence.js';
import { argText } from '../../src/core/arg-text.js';

export const sentences: Definition<Options>['sentences'] = {
  'leakage.tells-label': (a) =>
    `${argText(a['column'])} alone ranks the label with an AUC of ${short(a['value'])}: it is likely written after the event.`,
  'leakage.strong': (a) =>
    `${argText(a['column'])} alone ranks the label with an AUC of ${short(a['value'])}. Is its value known when the model is asked?`,
  'leakage.null-tells-label': (a) =>
    `Whether ${argText(a['column'])} is null ranks the label with an AUC of ${short(a['value'])}.`,
  'leakage.null-in-one-class': (a) =>
    `${argText(a['column'])} is null in ${argText(a['cells'])} rows, ${argText(a['other'])} of which are of the class that should hold ${argText(a['expected'])} of them. Is it not written where nothing happened?`,
  'leakage.pure-tail': (a) =>
    `One end of ${argText(a['column'])} holds ${short(Number(a['value']) * 100)}% of the positives and hardly a negative, though the column alone has an AUC of ${short(a['auc'])}.`,
  'leakage.knows-later-labels': (a) =>
    `${argText(a['column'])} follows the rate of later events of the same ${argText(a['unit'])} (partial correlation ${short(a['value'])}): it was computed over a time after the event.`,
  'leakage.own-label': (a) =>
    `${argText(a['column'])} is the rate of its ${argText(a['unit'])} with the row's own label in it (correlation ${short(a['value'])}; AUC ${short(a['auc'])} against ${short(a['outOfFold'])} out of fold).`,
  'leakage.not-compared': (a) =>
    `${argText(a['columns'])} numeric columns beyond the first ${argText(a['compared'])} were not compared with later labels.`,
};

function short(value: Json | undefined): string {
  return String(Number(Number(value).toPrecision(3)));
}
