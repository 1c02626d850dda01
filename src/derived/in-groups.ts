/** Columns that one statement asks about: a plan of thousands of them takes minutes to make and fills the memory. */
const columnsAtOnce = 100;

/** Asks about so many columns at a time, in order, and joins the answers. */
export async function inGroups<T, R>(
  columns: readonly T[],
  ask: (some: readonly T[]) => Promise<readonly R[]>,
  atOnce: number = columnsAtOnce,
): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let from = 0; from < columns.length; from += atOnce) {
    for (const answer of await ask(columns.slice(from, from + atOnce))) answers.push(answer);
  }
  return answers;
}
