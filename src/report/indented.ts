/** Lines with spaces before them; empty ones stay empty. */
export function indented(spaces: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(spaces) + line));
}
