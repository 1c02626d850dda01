/** Codes of dirty cells; where a cell has several, the first one counts: it says best what the cell should hold. */
export const codes = ['dirty-cells.dependency', 'dirty-cells.typo', 'dirty-cells.unit', 'dirty-cells.shape'] as const;
