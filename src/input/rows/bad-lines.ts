import { isUtf8 } from 'node:buffer';

/** The byte that ends a line: in UTF-8 it is no part of any other character. */
export const lineFeed = 10;

/** Physical lines whose bytes are no UTF-8, in order. @param firstLine the number of the first of these lines */
export function badLines(bytes: Buffer, firstLine: number): readonly number[] {
  if (isUtf8(bytes)) return [];
  const bad: number[] = [];
  let start = 0;
  for (let line = firstLine; start < bytes.length; line += 1) {
    const end = bytes.indexOf(lineFeed, start);
    const stop = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) bad.push(line);
    start = stop;
  }
  return bad;
}
