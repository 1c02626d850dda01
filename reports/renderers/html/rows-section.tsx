import type { ReactElement } from 'react';
import { count, two, visible } from '../../format.js';
import { rowsHeading } from '../../headings.js';
import type { Report, ReportDefect } from '../../model.js';
import { CopyLine } from './copy-line.js';
import { Name } from './name.js';
import { Panel, Section } from './section.js';

/** Rows drawn of one defect; all are in the file of findings. */
const shown = 10;

/** The worst few rows of each defect with the reason, and the query that gets all. */
export function RowsSection({ report }: { report: Report }): ReactElement {
  const defects = report.defects.filter((d) => d.rows !== null && d.worst.length > 0);
  const file = report.defects.find((d) => d.rows !== null)?.rows?.file;
  const files = new Set(defects.flatMap((d) => d.worst.map((w) => w.file)));
  if (defects.length === 0 || file === undefined) return <Section id="rows" title={rowsHeading(report)} />;
  return (
    <Section
      id="rows"
      title={rowsHeading(report)}
      note={
        <>
          The worst few of each check. All of them are in <code>{visible(file)}</code> beside this page, one line a
          finding.
        </>
      }
    >
      <Panel label="Flagged rows">
        <table className="rows">
          <caption className="sr">The worst flagged rows of each check, with the reason</caption>
          <thead>
            <tr>
              <th scope="col" className="number">
                Row
              </th>
              {files.size > 1 ? <th scope="col">File</th> : null}
              <th scope="col" className="number">
                Score
              </th>
              <th scope="col">Check</th>
              <th scope="col">Reason</th>
              <th scope="col">Suggestion</th>
            </tr>
          </thead>
          {defects.map((d) => (
            <Rows key={d.id} defect={d} files={files.size > 1} />
          ))}
        </table>
        <CopyLine text={query(file)} label="the query" />
      </Panel>
    </Section>
  );
}

function Rows({ defect, files }: { defect: ReportDefect; files: boolean }): ReactElement {
  return (
    <tbody>
      {defect.worst.slice(0, shown).map((w, i) => (
        <tr key={i}>
          <th scope="row" className="number">
            <code title={visible(w.row_key)}>{count(w.row)}</code>
          </th>
          {files ? (
            <td>
              <Name of={w.file} width={28} />
            </td>
          ) : null}
          <td className="number">{w.score === 1 ? '1' : two(w.score)}</td>
          <td>
            <code>
              {visible(defect.id)}.{visible(w.code)}
            </code>
          </td>
          <td>{visible(w.message)}</td>
          <td>{w.suggestion === null ? null : <Name of={w.suggestion} width={20} />}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** The line that gets every finding in DuckDB; quotes in the file name are doubled. */
function query(file: string): string {
  return `SELECT defect, code, file, row, score, suggestion FROM '${visible(file).replaceAll("'", "''")}' ORDER BY defect, score DESC;`;
}
