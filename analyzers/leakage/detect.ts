import type { Evidence, Finding, Measurement } from '../../src/core/evidence.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { LeakageOptions } from './options.js';
import { argText } from '../../src/core/arg-text.js';
import { featureAucs } from '../../src/derived/single-feature-auc.js';
import { knowsLater } from './detect/ahead.js';
import { alone } from './detect/alone.js';
import { comparedColumns } from './detect/compared.js';
import { ownLabel } from './detect/own-label.js';
import { pureTail, tellingNulls } from './detect/tables.js';

/** Measure and unit of each code. */
const measures: Readonly<Record<string, readonly [string, Measurement['unit']]>> = {
  'leakage.tells-label': ['auc', 'auc'],
  'leakage.strong': ['auc', 'auc'],
  'leakage.null-tells-label': ['null-auc', 'auc'],
  'leakage.null-in-one-class': ['null-auc', 'auc'],
  'leakage.pure-tail': ['tail-recall', 'share'],
  'leakage.knows-later-labels': ['ahead', 'ratio'],
  'leakage.own-label': ['own-rate', 'ratio'],
};

/** Looks at each feature alone, at its nulls and tails, and at what it knows of other rows of the same user or item. */
export async function detect(study: Study, run: Run, options: LeakageOptions): Promise<Evidence> {
  const { train, roles } = study;
  const aucs = await featureAucs(study, run);
  const features = roles.features.map((f) => f.column);
  if (aucs.size === 0 || train.rows === 0) return evidenceOf([], features);
  const { columns, cut } = comparedColumns(study);
  return evidenceOf(
    [
      ...alone(features, aucs, options),
      ...(await tellingNulls(study, options, run)),
      ...(await pureTail(study, columns, aucs, options, run)),
      ...(await knowsLater(study, columns, options, run)),
      ...(await ownLabel(study, columns, aucs, run)),
      ...cut,
    ],
    features,
  );
}

function evidenceOf(found: readonly Finding[], features: readonly Column[]): Evidence {
  const told = new Set(found.filter((f) => f.severity === 'problem').map((f) => f.args['column']));
  const findings = found
    .filter((f) => f.code !== 'leakage.strong' || !told.has(f.args['column']))
    .toSorted((a, b) => rank(a) - rank(b));
  const called = new Set(findings.filter((f) => f.severity !== 'note').map((f) => argText(f.args['column'])));
  const measured = findings.flatMap(({ code, args }): Measurement[] => {
    const [measure, unit] = measures[code] ?? ['', 'auc'];
    const value = Number(args['value']);
    return measure === '' ? [] : [{ name: `leakage.${measure}`, value, unit, column: argText(args['column']) }];
  });
  return {
    measurements: [{ name: 'leakage.columns', value: called.size, unit: 'count' }, ...measured],
    findings,
    score: features.length === 0 ? 0 : called.size / features.length,
    flagged: null,
  };
}

function rank({ severity }: Finding): number {
  return ['problem', 'suspect', 'note'].indexOf(severity);
}
