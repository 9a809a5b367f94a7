/**
 * Makes a provider's free text fit to be shown and stored: known values, long runs of digits and control
 * characters are taken out, and it is cut to one short line.
 */
export function redact(text: string, hide: readonly string[]): string {
  let shown = text;
  for (const value of hide.toSorted((a, b) => b.length - a.length)) {
    if (value.trim().length > 1) shown = shown.replaceAll(value, '***');
  }
  return shown
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\+?\d(?:[\s().-]*\d){4,}/g, '***')
    .trim()
    .slice(0, 200);
}
