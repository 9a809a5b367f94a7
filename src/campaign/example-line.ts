import type { Path } from './sourced.ts';

/** `rate: 1/s`: the first example that is text, else a number or a map of such. */
export function exampleLine(examples: unknown, path: Path): string | undefined {
  const all: readonly unknown[] = Array.isArray(examples) ? examples : [];
  const [written] = [...all.filter((one) => typeof one === 'string'), ...all].flatMap(
    (one) => writtenExample(one) ?? [],
  );
  if (written === undefined) return undefined;
  return typeof path.at(-1) === 'string' ? `${lineStart(path)} ${written}` : written;
}

/** Text in quotes where readers of YAML take it for a map, a date or a time; undefined for what takes several lines. */
function writtenExample(example: unknown): string | undefined {
  if (typeof example === 'string') return /^[+\d:-]+$|^\{\{/.test(example) ? JSON.stringify(example) : example;
  if (typeof example === 'number') return String(example);
  if (typeof example !== 'object' || example === null) return undefined;
  if (Array.isArray(example)) return writtenList(example);
  const members = Object.entries(example).map(([key, value]) => ({ key, written: writtenExample(value) }));
  if (members.some(({ written }) => written === undefined)) return undefined;
  return `{${members.map(({ key, written }) => `${key}: ${String(written)}`).join(', ')}}`;
}

/** Undefined for one that is longer than a line. */
function writtenList(example: readonly unknown[]): string | undefined {
  const items = example.map(writtenExample);
  const list = `[${items.join(', ')}]`;
  return items.includes(undefined) || list.length > longestExample ? undefined : list;
}

const longestExample = 70;

/** The beginning of the line on which a value stands: its key, or the dash of a list. */
export function lineStart(path: Path): string {
  const key = path.at(-1);
  return typeof key === 'string' ? `${key}:` : '-';
}
