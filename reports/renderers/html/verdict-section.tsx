import type { ReactElement } from 'react';
import { defectTable } from '../../defect-table.js';
import { auc, capital, change, interval, plural, visible, word } from '../../format.js';
import { measuredSteps } from '../../measured-steps.js';
import type { Report } from '../../model.js';
import { proofSentence, resolutionSentence } from '../../sentences.js';
import type { Charts } from './charts.js';
import { Figure } from './figure.js';
import { Glyph, type GlyphName } from './glyph.js';
import { statusGlyph } from './status-glyph.js';

/** The three questions on one screen: what is wrong, what it costs, which repair pays. */
export function VerdictSection({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h1 id="verdict-title">{visible(report.verdict.sentence)}</h1>
      <Strip report={report} />
      <div className="three">
        <Wrong report={report} />
        <Costs report={report} charts={charts} />
        <Pays report={report} />
      </div>
    </section>
  );
}

const strips: Readonly<Record<Report['verdict']['code'], readonly [GlyphName, wash: string, word: string]>> = {
  'repairs-pay': ['pays', 'gain-strip', 'Repairs pay'],
  'nothing-resolved': ['not-resolved', 'warn-strip', 'Nothing resolved'],
  clean: ['passes', 'plain-strip', 'Clean'],
  measured: ['not-resolved', 'plain-strip', 'Measured'],
  audited: ['not-applicable', 'plain-strip', 'Audited only'],
  incomplete: ['failed', 'cost-strip', 'Incomplete'],
};

function Strip({ report }: { report: Report }): ReactElement {
  const [glyph, wash, word] = strips[report.verdict.code];
  const proof = report.cleaning?.proof;
  const text =
    proof == null
      ? (resolutionSentence(report) ??
        'Nothing was trained: assay run measures what each defect costs and which repair pays.')
      : proofSentence(proof);
  return (
    <div className={`strip ${wash}`}>
      <Glyph name={glyph} word="" />
      <p>
        <strong>{word}.</strong> {text}
      </p>
    </div>
  );
}

function Wrong({ report }: { report: Report }): ReactElement {
  const rows = defectTable(report).filter((row) => row.status !== 'nothing');
  const ran = report.defects.filter((d) => d.outcome === 'ok').length;
  const shown = rows.slice(0, 5);
  return (
    <div>
      <h2 className="label">What is wrong</h2>
      <p className="lead">
        {rows.length === 0
          ? `${capital(word(ran))} checks ran; none found something to act on.`
          : `${capital(word(rows.length))} of ${word(ran)} checks that ran found something.`}
      </p>
      <ul className="findings">
        {shown.map((row) => (
          <li key={row.defect.id}>
            <Glyph {...statusGlyph(row.status)} />
            <span>{visible(row.defect.findings[0]?.message ?? row.defect.title)}</span>
          </li>
        ))}
      </ul>
      {rows.length > shown.length ? (
        <p className="small">and {plural(rows.length - shown.length, 'more')} below</p>
      ) : null}
    </div>
  );
}

function Costs({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const found = report.verdict.auc;
  return (
    <div>
      <h2 className="label">What it costs</h2>
      <p className="lead">{costLead(report)}</p>
      {found === null || charts.beforeAfter === null ? (
        <p className="small">
          Measure it with <code>assay run</code>.
        </p>
      ) : (
        <Figure chart={charts.beforeAfter} name={aucName(found)} />
      )}
      {found === null ? null : <p className="small">{resolutionSentence(report)}</p>}
    </div>
  );
}

function costLead(report: Report): string {
  const found = report.verdict.auc;
  if (found === null) return 'Not measured: this run trained nothing for it.';
  if (found.gain === null)
    return `AUC is ${auc(found.asIs.value)} ${interval(found.asIs)}; no repair is proven to raise it.`;
  return `At least ${auc(found.gain.value)} AUC ${interval(found.gain)}: what the accepted repairs win back.`;
}

function aucName(found: NonNullable<Report['verdict']['auc']>): string {
  const before = `AUC as it is ${auc(found.asIs.value)} ${interval(found.asIs)}`;
  return found.repaired === null
    ? before
    : `${before}, after the recipe ${auc(found.repaired.value)} ${interval(found.repaired)}`;
}

function Pays({ report }: { report: Report }): ReactElement {
  const steps = report.cleaning?.steps ?? [];
  const accepted = steps.filter((s) => s.decision === 'accepted');
  return (
    <div>
      <h2 className="label">Which repair pays</h2>
      <p className="lead">
        {paysLead(report, accepted.length, report.cleaning === undefined ? 0 : measuredSteps(report.cleaning).length)}
      </p>
      <ul className="findings">
        {accepted.slice(0, 5).map((s) => (
          <li key={`${s.defect}/${s.repair}`}>
            <Glyph name="pays" />
            <span>
              {capital(visible(s.title))}:{' '}
              <strong className="gain-text">{s.gain === null ? '' : change(s.gain.value)}</strong>
            </span>
          </li>
        ))}
      </ul>
      {accepted.length > 0 ? (
        <p className="small">Each on top of those before it, on the rows where it was chosen.</p>
      ) : null}
    </div>
  );
}

function paysLead(report: Report, accepted: number, tried: number): string {
  if (report.cleaning === undefined) return 'Not tried: this run cleaned nothing.';
  if (accepted === 0)
    return tried === 0 ? 'There was no repair to try.' : `No repair pays (${word(tried)} tried); the recipe is empty.`;
  const proven = report.cleaning.proof?.holds === true ? ', proven once on untouched rows' : '';
  return `${capital(word(accepted))} of ${word(tried)} repairs${proven}.`;
}
