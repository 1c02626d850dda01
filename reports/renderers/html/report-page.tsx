import type { ReactElement } from 'react';
import { count, plural, visible } from '../../format.js';
import type { Report } from '../../model.js';
import type { Charts } from './charts.js';
import { CapacitySection } from './capacity-section.js';
import { ColumnsSection } from './columns-section.js';
import { Contents } from './contents.js';
import { CurvesSection } from './curves-section.js';
import { DefectsSection } from './defects-section.js';
import { DemoSection } from './demo-section.js';
import { ErrorsSection } from './errors-section.js';
import { GateSection } from './gate-section.js';
import { HowSection } from './how-section.js';
import { LabelsSection } from './labels-section.js';
import { Name } from './name.js';
import { OtherModelSection } from './other-model-section.js';
import { NotKnownSection } from './not-known-section.js';
import { PaysSection } from './pays-section.js';
import { RollingSection } from './rolling-section.js';
import { RowsSection } from './rows-section.js';
import { TimeSection } from './time-section.js';
import { TopBar } from './top-bar.js';
import { ValueSection } from './value-section.js';
import { VerdictSection } from './verdict-section.js';
import { DomainsSection } from './domains-section.js';
import { WhereSection } from './where-section.js';

/** The body of the report: the three questions first, then what they rest on. */
export function ReportPage({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const { study, how } = report;
  return (
    <>
      <TopBar>
        <span aria-hidden="true">/</span>
        <Name of={study.name} />
        <span className="facts">
          {plural(study.rows, 'row')} × {plural(study.columnCount, 'column')}
        </span>
        <span className="facts">seed {count(how.seed)}</span>
        {study.origin === undefined ? null : <span className="origin">{visible(study.origin)} data</span>}
      </TopBar>
      <div className="page">
        <Contents report={report} />
        <main id="main">
          <VerdictSection report={report} charts={charts} />
          <GateSection report={report} />
          <NotKnownSection report={report} />
          <DefectsSection report={report} charts={charts} />
          <WhereSection report={report} />
          <ErrorsSection report={report} />
          <DomainsSection report={report} />
          <OtherModelSection report={report} />
          <CurvesSection report={report} charts={charts} />
          <CapacitySection report={report} charts={charts} />
          <ValueSection report={report} charts={charts} />
          <PaysSection report={report} charts={charts} />
          <RollingSection report={report} charts={charts} />
          <DemoSection report={report} />
          <TimeSection report={report} charts={charts} />
          <LabelsSection report={report} />
          <ColumnsSection report={report} />
          <RowsSection report={report} />
          <HowSection report={report} />
        </main>
      </div>
    </>
  );
}
