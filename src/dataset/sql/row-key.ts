/** Rows of one file at most: a row key is the file's ordinal times this, plus the row in the file. */
const rowsOfFile = 2n ** 40n;

/** Ordinal of the file of a row key, BIGINT; in whole numbers all the way, which every engine has. */
export function fileOfKey(k: string): string {
  return `CAST((${k} - ${k} % ${rowsOfFile}) / ${rowsOfFile} AS BIGINT)`;
}

/** Row in its file of a row key. */
export function rowOfKey(k: string): string {
  return `${k} % ${rowsOfFile}`;
}
