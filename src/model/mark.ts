import type { Mark } from './plan.ts';

/** Path of the ownership mark in a list of changes: no provider has a field of that name. */
export const markPath = '$mark';

/** The mark as one line: `[callplan:1 campaign/env sha256:16hex store:8hex]`; `store:-` until a run claims it. */
export function printMark(mark: Mark): string {
  return `[callplan:1 ${mark.address} sha256:${mark.applied} store:${mark.store ?? '-'}]`;
}

/** Undefined where the line is not a mark of this form. */
export function parseMark(line: string): Mark | undefined {
  const match = /^\[callplan:1 ([a-z0-9-]{1,63}\/[a-z0-9-]{1,63}) sha256:([0-9a-f]{16}) store:([0-9a-f]{8}|-)\]$/.exec(
    line.trim(),
  );
  const [, address, applied, store] = match ?? [];
  if (address === undefined || applied === undefined || store === undefined) return undefined;
  return store === '-' ? { address, applied } : { address, applied, store };
}

/** The text with the mark as its last line; `takeMark` undoes it for every text. */
export function appendMark(text: string, mark: Mark): string {
  return text === '' ? printMark(mark) : `${text}\n${printMark(mark)}`;
}

/**
 * Takes the mark out of a text: the last line that is one, wherever somebody may have put it since. A text that
 * ends in a mark-like line of its own keeps it, as ours was written below.
 */
export function takeMark(text: string): { readonly text: string; readonly mark?: Mark } {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => parseMark(line) !== undefined);
  const mark = parseMark(lines[at] ?? '');
  return mark === undefined ? { text } : { text: lines.toSpliced(at, 1).join('\n'), mark };
}
