import { visible } from '../../format.js';
import type { Report } from '../../model.js';
import { drawCharts } from './charts.js';
import { renderDocument } from './document.js';
import { ReportPage } from './report-page.js';

/** The report as one HTML file that opens from disk: no request, light, dark and print, all text escaped. */
export async function renderHtml(report: Report): Promise<string> {
  const charts = await drawCharts(report);
  return renderDocument(`Assay: ${visible(report.study.name)}`, <ReportPage report={report} charts={charts} />);
}
