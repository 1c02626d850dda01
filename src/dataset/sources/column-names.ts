/** Names for all columns: empty ones become `column0` …, repeated ones get `_2`, `_3` … until they are free. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set(header.filter((name) => name !== ''));
  const seen = new Set<string>();
  return header.map((given, i) => {
    const base = given === '' ? `column${i}` : given;
    let name = base;
    for (let n = 2; seen.has(name) || (name !== given && taken.has(name)); n++) name = `${base}_${n}`;
    seen.add(name);
    return name;
  });
}
