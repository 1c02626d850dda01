/** Days with an interval below which there is nothing to pool. */
export const leastDays = 2;
