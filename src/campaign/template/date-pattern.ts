/**
 * Patterns of formatDate. Luxon prints letters that it does not know as they are (`YYYY`), and reads today's date
 * into a pattern without one; so only tokens that mean one thing are let through.
 * https://moment.github.io/luxon/#/formatting and #/parsing, read 2026-11-21
 */

const dateTokens = ['y', 'yy', 'yyyy', 'M', 'MM', 'MMM', 'MMMM', 'L', 'LL', 'LLL', 'LLLL', 'd', 'dd'];
const dayNameTokens = ['E', 'EEE', 'EEEE', 'c', 'ccc', 'cccc'];
const timeTokens = ['H', 'HH', 'h', 'hh', 'm', 'mm', 's', 'ss', 'S', 'SSS', 'a'];
const offsetTokens = ['Z', 'ZZ', 'ZZZ'];

const printable: ReadonlySet<string> = new Set([
  ...dateTokens,
  ...dayNameTokens,
  ...timeTokens,
  ...offsetTokens,
  'ZZZZ',
  'z',
]);
const readable: ReadonlySet<string> = new Set([...dateTokens, 'EEE', 'EEEE', ...timeTokens, ...offsetTokens]);

/** Why the pattern cannot be printed; undefined where it can. */
export function checkPrintPattern(pattern: string): string | undefined {
  return checkTokens(pattern, printable);
}

/** Why values cannot be read by the pattern; undefined where they can. */
export function checkReadPattern(pattern: string): string | undefined {
  const problem = checkTokens(pattern, readable);
  if (problem !== undefined) return problem;
  const letters = new Set(tokensOf(pattern).map((token) => token[0]));
  if (!letters.has('y')) return 'it has no year (yyyy)';
  if (!letters.has('M') && !letters.has('L')) return 'it has no month (MM)';
  if (!letters.has('d')) return 'it has no day (dd)';
  if (letters.has('h') && !letters.has('a'))
    return 'h is the 12-hour clock and needs a for AM or PM; H is the 24-hour clock';
  if (letters.has('a') && !letters.has('h')) return 'a (AM or PM) needs h, the 12-hour clock';
  return undefined;
}

/** Whether the pattern prints or reads a time of day, or an offset, which a date alone does not have. */
export function hasTime(pattern: string): boolean {
  return tokensOf(pattern).some((token) => /^[HhmsSaZz]/.test(token));
}

/** Whether the pattern prints the zone or its offset. */
export function printsZone(pattern: string): boolean {
  return tokensOf(pattern).some((token) => /^[Zz]/.test(token));
}

function checkTokens(pattern: string, known: ReadonlySet<string>): string | undefined {
  if (pattern.trim() === '') return 'it is empty';
  if ((pattern.split("'").length - 1) % 2 === 1) return "a ' is not closed";
  const stranger = tokensOf(pattern).find((token) => !known.has(token));
  return stranger === undefined ? undefined : strangerProblem(stranger);
}

function strangerProblem(token: string): string {
  const meant: Readonly<Record<string, string>> = {
    Y: 'the year is yyyy',
    D: 'the day of the month is d or dd',
    A: 'AM or PM is a',
  };
  const advice = meant[token.charAt(0)] ?? "plain words stand in single quotes: 'at'";
  return `${token} is not a token; ${advice}`;
}

/** Runs of one letter outside single quotes. */
function tokensOf(pattern: string): readonly string[] {
  const outside = pattern.replaceAll(/'[^']*'/g, ' ');
  return outside.match(/([a-zA-Z])\1*/g) ?? [];
}
