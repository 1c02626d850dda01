import type { Report } from '../../reports/model.js';
import type { Format } from './options.js';
import { renderGithub } from '../../reports/renderers/github.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { renderJson } from '../../reports/renderers/json.js';
import { renderJunit } from '../../reports/renderers/junit.js';
import { renderMarkdown } from '../../reports/renderers/markdown.js';
import { renderTerminal } from '../../reports/renderers/terminal.js';

export interface PrintOptions {
  readonly format: Format;
  /** Verdict, gate and what is not known only. */
  readonly quiet?: boolean;
  /** Also the rules of the gate that passed. */
  readonly explain?: boolean;
}

/** Writes a report to stdout in the format asked for. Colour only on a terminal, and never with `NO_COLOR`. */
export async function print(report: Report, options: PrintOptions): Promise<void> {
  process.stdout.write(await render(report, options));
}

async function render(report: Report, { format, quiet = false, explain = false }: PrintOptions): Promise<string> {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'html':
      return renderHtml(report);
    case 'junit':
      return renderJunit(report);
    case 'github':
      return renderGithub(report);
    case 'text':
      break;
  }
  const color = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  return renderTerminal(report, { width: process.stdout.columns ?? 80, color, quiet, explain });
}
