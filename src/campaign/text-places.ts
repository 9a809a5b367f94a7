import type { Place } from '../model/place.ts';
import { certain } from './certain.ts';

/** Where a stretch of a text stands in its file; offsets count UTF-16 units of the text. */
export type LocateStretch = (start: number, end: number) => Place;

/**
 * Finds where the characters of a YAML scalar's value stand in the file, though quotes, indentation and folding came
 * between. `place` is the whole scalar. Undefined where the value is not the scalar's own: escapes, substitutions, aliases.
 */
export function textPlaces(lines: readonly string[], place: Place, value: string): LocateStretch | undefined {
  const raw = charactersOf(lines, place);
  const first = raw[0]?.character;
  const quote = first === '"' || first === "'" ? first : undefined;
  const block = first === '|' || first === '>';
  const start = block ? raw.findIndex(({ character }) => character === '\n') + 1 : quote === undefined ? 0 : 1;
  const places = align(value, raw.slice(start), quote);
  if (places === undefined) return undefined;
  const { file } = place;
  return (from, to) => {
    const begin = spotAt(places, from);
    const last = spotAt(places, Math.max(from, to - 1));
    return { file, line: begin.line, col: begin.col, endLine: last.line, endCol: last.col + 1 };
  };
}

type Spot = { readonly line: number; readonly col: number };
function spotAt(places: readonly Spot[], offset: number): Spot {
  return certain(places[Math.min(offset, places.length - 1)], 'place');
}

type Character = Spot & { readonly character: string };

function charactersOf(lines: readonly string[], { line, col, endLine = line, endCol }: Place): readonly Character[] {
  const characters: Character[] = [];
  for (let at = line; at <= endLine; at += 1) {
    const text = certain(lines[at - 1], `line ${String(at)}`);
    const from = at === line ? col - 1 : 0;
    const to = at === endLine && endCol !== undefined ? endCol - 1 : text.length;
    for (let index = from; index < to; index += 1) {
      characters.push({ character: text.charAt(index), line: at, col: index + 1 });
    }
    characters.push({ character: '\n', line: at, col: to + 1 });
  }
  return characters;
}

/** Walks value and raw text side by side: white space may differ in kind and amount, all else must be the same. */
function align(value: string, raw: readonly Character[], quote: string | undefined): readonly Spot[] | undefined {
  const places: Spot[] = [];
  let next = 0;
  for (const wanted of value.split('')) {
    const here = raw[next];
    if (here === undefined) return undefined;
    if (isSpace(wanted)) {
      places.push(here);
      if (isSpace(here.character)) next += 1;
      continue;
    }
    while (isSpace(raw[next]?.character)) next += 1;
    if (quote !== undefined && escapes(raw, next, quote)) next += 1;
    const found = raw[next];
    if (found?.character !== wanted) return undefined;
    places.push(found);
    next += 1;
  }
  return places;
}

/** Whether a character is the first of two that stand for the second: `\"`, `\\`, `''`. */
function escapes(raw: readonly Character[], index: number, quote: string): boolean {
  const [here, after] = [raw[index]?.character, raw[index + 1]?.character];
  return quote === "'" ? here === "'" && after === "'" : here === '\\' && (after === '"' || after === '\\');
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
