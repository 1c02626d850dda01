import type { GateRule } from '../../src/core/gate.js';
import { gateSentence } from '../sentences.js';
import { visible } from '../format.js';
import type { Report } from '../model.js';

/** The gate as GitHub workflow commands: an annotation for each rule that failed or warned, and the verdict. */
export function renderGithub(report: Report): string {
  const { gate, study } = report;
  if (gate === undefined) return `::notice title=${property('Assay')}::${data(report.verdict.sentence)}\n`;
  const lines = gate.rules.flatMap((rule) => {
    const command = commands[rule.outcome];
    return command === null ? [] : [`::${command} title=${property(`Assay: ${study.name}`)}::${data(rule.message)}`];
  });
  return `${[...lines, `::notice title=${property('Assay gate')}::${data(gateSentence(gate))}`].join('\n')}\n`;
}

const commands: Readonly<Record<GateRule['outcome'], 'error' | 'warning' | 'notice' | null>> = {
  failed: 'error',
  warned: 'warning',
  exempt: 'notice',
  passed: null,
};

/** A line end would end the command, and let a name give commands of its own. */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
