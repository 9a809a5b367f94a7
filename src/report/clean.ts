import { stripVTControlCharacters } from 'node:util';

/**
 * Text from data as one line that is safe to print: escape sequences, control characters and marks that turn the
 * writing direction are taken out, so that a cell can neither colour nor rewrite what stands beside it.
 */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/[\n\t]+/g, ' ');
}

/** The same for text of several lines: line ends stay. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '');
}
