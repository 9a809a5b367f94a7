import type { Place } from '../model/place.ts';
import { cleanLine } from './clean.ts';
import type { Style } from './style.ts';
import { widthOf } from './width.ts';

/** Characters of a line that are looked at on each side of the mark: more than any terminal shows. */
const reach = 1000;

/** Lines shown before the one that a finding points at. */
const linesBefore = 1;

export type FrameOptions = {
  readonly columns: number;
  readonly style: Style;
  /** Colour of the mark. */
  readonly mark: (text: string) => string;
};

/**
 * The lines around a place with a mark below it, in at most so many columns; long lines are cut on both sides of the
 * mark. Empty where there is no such line.
 */
export function frame(lines: readonly string[], place: Place, options: FrameOptions): readonly string[] {
  const written = lines[place.line - 1];
  if (written === undefined) return [];
  const gutter = String(place.line).length;
  const width = Math.max(20, options.columns - gutter - 5);
  const window = cut(written, place, width);
  const before = lines
    .slice(Math.max(0, place.line - 1 - linesBefore), place.line - 1)
    .map((line, index, all) => row(place.line - all.length + index, cleanShort(line, width)));
  return [...before, row(place.line, window.shown), row(undefined, options.mark(window.mark))].map(
    (line) => ` ${line}`,
  );

  function row(number: number | undefined, shown: string): string {
    const label = options.style.dim(`${(number === undefined ? '' : String(number)).padStart(gutter)} |`);
    return shown === '' ? label : `${label} ${shown}`;
  }
}

/** What of a line is shown, and the mark for below it. */
function cut(
  line: string,
  { col, endCol, line: first, endLine }: Place,
  width: number,
): { shown: string; mark: string } {
  const start = Math.min(col - 1, line.length);
  const lastLine = endLine === undefined || endLine === first;
  const end = Math.max(start + 1, lastLine ? Math.min((endCol ?? col + 1) - 1, line.length) : line.length);
  const before = visible(line.slice(Math.max(0, start - reach), start));
  const marked = visible(line.slice(start, Math.min(end, start + reach)));
  const after = visible(line.slice(end, end + reach));
  const room = Math.max(0, width - widthOf(marked));
  const kept = keepEnd(before, Math.max(8, room - Math.min(widthOf(after), Math.floor(room / 2))));
  const shown = keepStart(`${kept}${marked}${after}`, width);
  const length = Math.max(1, Math.min(widthOf(marked), width - widthOf(kept)));
  return { shown, mark: `${' '.repeat(widthOf(kept))}${'^'.repeat(length)}` };
}

/** Tabs as one space, so that the mark stands where it should; nothing that moves the cursor. */
function visible(text: string): string {
  return cleanLine(text.replaceAll('\t', ' '));
}

function cleanShort(line: string, width: number): string {
  return keepStart(visible(line.slice(0, reach)), width);
}

function keepStart(text: string, width: number): string {
  if (widthOf(text) <= width) return text.trimEnd();
  let kept = '';
  for (const character of text) {
    if (widthOf(kept) + widthOf(character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function keepEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of Array.from(text).toReversed()) {
    if (widthOf(kept) + widthOf(character) > width - 1) break;
    kept = character + kept;
  }
  return `…${kept}`;
}
