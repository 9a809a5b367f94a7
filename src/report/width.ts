import { stripVTControlCharacters } from 'node:util';

/** Columns that the text takes on a terminal; colours take none, East Asian wide characters and emoji two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += characterWidth(character);
  return width;
}

/** The text with spaces behind it up to a width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The text with spaces before it up to a width. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** The text if it fits, else its beginning and an ellipsis. For text without colours. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Breaks text at spaces into lines of at most `width` columns, a number not from what it counts; a longer word is broken
 * inside. Line ends of the text are kept. For text without colours.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(unitEnd).flatMap((unit) => unitPieces(unit, width))) {
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A space that does not stand behind a number. */
const unitEnd = /(?<!(?:^|[ (])\d[\d,]*) /;

function unitPieces(unit: string, width: number): readonly string[] {
  return widthOf(unit) <= width ? [unit] : unit.split(' ').flatMap((word) => pieces(word, width));
}

function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (widthOf(part) + characterWidth(character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Unicode Standard Annex 11: wide and full-width characters, and those shown as emoji. */
const wide =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation})/u;

/** Marks that combine with the character before them, and characters that show nothing. */
const narrow = /^(?:\p{Mn}|\p{Me}|\p{Cf}|\p{Cc})/u;

function characterWidth(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (narrow.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
