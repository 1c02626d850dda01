import { z } from 'zod';
import type { Chart } from '../../reports/charts/render.js';
import type { Charts } from '../../reports/renderers/html/charts.js';

/** A drawing: the inside of an SVG element and its size in pixels. */
export const chart: z.ZodType<Chart> = z.object({ body: z.string(), width: z.number(), height: z.number() });

/** `GET /api/runs/:id/charts`: the drawings of the report, as SVG; they are asked for after the page is there. */
export const charts: z.ZodType<Charts> = z.object({
  beforeAfter: chart.nullable(),
  gains: chart.nullable(),
  sensitivities: chart.nullable(),
  curves: z.array(chart),
  value: z.array(chart),
  capacity: chart.nullable(),
  steps: chart.nullable(),
  proof: chart.nullable(),
  rolling: chart.nullable(),
  time: chart.nullable(),
});
