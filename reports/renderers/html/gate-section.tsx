import type { ReactElement } from 'react';
import type { GateRule } from '../../../src/core/gate.js';
import { visible } from '../../format.js';
import { gateOutcomeWord, gateSentence } from '../../sentences.js';
import type { Report } from '../../model.js';
import { Glyph, type GlyphName } from './glyph.js';
import { Section } from './section.js';

/** Every rule of the policy, value against limit, for passes as well; what failed comes first. */
export function GateSection({ report }: { report: Report }): ReactElement | null {
  const { gate } = report;
  if (gate === undefined) return null;
  const order = ['failed', 'warned', 'exempt', 'passed'] as const;
  const rules = order.flatMap((outcome) => gate.rules.filter((rule) => rule.outcome === outcome));
  return (
    <Section id="gate" title={gateSentence(gate)}>
      <ul className="unknown">
        {rules.map((rule) => (
          <li key={`${rule.rule} ${rule.bound}`}>
            <Glyph name={glyphs[rule.outcome]} word="" />
            <p>
              <strong>{gateOutcomeWord[rule.outcome]}.</strong> {visible(rule.message)}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const glyphs: Readonly<Record<GateRule['outcome'], GlyphName>> = {
  failed: 'fails',
  warned: 'warns',
  exempt: 'not-applicable',
  passed: 'passes',
};
