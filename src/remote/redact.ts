/**
 * Makes a provider's free text fit to be shown and stored: known values in whatever case, long runs of digits and
 * characters that are not seen or that move the cursor are taken out, and it is cut to one short line.
 */
export function redact(text: string, hide: readonly string[]): string {
  return masked(plain(text), hide)
    .replaceAll(/\+?\p{Nd}(?:[\s()./\p{Pd}]*\p{Nd}){4,}/gu, '***')
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '');
}

const longest = 200;

function masked(text: string, hide: readonly string[]): string {
  const values = hide.map(plain).filter(({ length }) => length > 1 && length <= text.length);
  if (values.length === 0) return text;
  // The longest first: a name may begin with another.
  const known = [...new Set(values)].toSorted((a, b) => b.length - a.length).map(escaped);
  return text.replaceAll(new RegExp(known.join('|'), 'giu'), '***');
}

/** One line of characters that are seen, in one spelling: a soft hyphen in a number must not hide it. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Cf}+/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function escaped(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
