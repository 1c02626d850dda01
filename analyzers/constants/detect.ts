import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { ConstantsOptions } from './options.js';
import { correlated } from './detect/correlated.js';
import { readCells, withSample } from './detect/sample.js';
import { repeated } from './detect/repeated.js';
import { singleValues, telling, topValues } from './detect/single-values.js';

/** Columns that tell a model nothing, or nothing that another one does not tell. */
export async function detect(study: Study, run: Run, options: ConstantsOptions): Promise<Evidence> {
  const { train, roles } = study;
  const columns = roles.features.map((f) => f.column);
  if (train.rows < 2 || columns.length === 0)
    return { measurements: counted(0), findings: [], score: 0, flagged: null };
  const { values, sample } = await withSample(train, columns, run, async (name) => {
    const found = await topValues(train, columns, name, run);
    return { values: found, sample: await readCells(name, telling(found), run) };
  });
  const single = singleValues(values, options.nearConstant);
  const twins = await repeated(train, sample, run);
  const told = new Set(twins.map((f) => f.args['column']));
  const alike = await correlated(
    train,
    sample.filter(({ column }) => !told.has(column.name)),
    options.correlation,
    run,
  );
  const findings = [...single, ...twins, ...alike].toSorted((a, b) => rank(a) - rank(b));
  const idle = new Set(findings.filter((f) => f.severity === 'suspect').map((f) => f.args['column']));
  return { measurements: counted(idle.size), findings, score: idle.size / columns.length, flagged: null };
}

function rank({ severity }: Finding): number {
  return severity === 'suspect' ? 0 : 1;
}

function counted(value: number): Evidence['measurements'] {
  return [{ name: 'constants.columns', value, unit: 'count' }];
}
