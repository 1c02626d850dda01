import type { Report } from '../../reports/model.js';
import type { Format } from './options.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { renderJson } from '../../reports/renderers/json.js';
import { renderMarkdown } from '../../reports/renderers/markdown.js';
import { renderTerminal } from '../../reports/renderers/terminal.js';

/** Writes a report to stdout in the format asked for. Colour only on a terminal, and never with `NO_COLOR`. */
export async function print(report: Report, options: { format: Format; quiet?: boolean }): Promise<void> {
  process.stdout.write(await render(report, options.format, options.quiet === true));
}

async function render(report: Report, format: Format, quiet: boolean): Promise<string> {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'html':
      return renderHtml(report);
    case 'text':
      break;
  }
  const color = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return renderTerminal(report, { width: process.stdout.columns ?? 80, color, quiet });
}
