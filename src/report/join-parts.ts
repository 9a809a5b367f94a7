/** Parts of a text with an empty line between them; empty parts are left out, and one line end stands at the end. */
export function joinParts(parts: readonly string[]): string {
  const shown = parts.map((part) => part.replace(/\n+$/, '')).filter((part) => part !== '');
  return shown.length === 0 ? '' : `${shown.join('\n\n')}\n`;
}
