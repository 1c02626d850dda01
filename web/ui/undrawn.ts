import type { Charts } from '../../reports/renderers/html/charts.js';

/** Drawings of a report before they have come: its sections stand without them. */
export const undrawn: Charts = {
  beforeAfter: null,
  gains: null,
  sensitivities: null,
  curves: [],
  value: [],
  capacity: null,
  steps: null,
  proof: null,
  rolling: null,
  time: null,
};
