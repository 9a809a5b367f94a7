import type { Diagnostic } from '../model/diagnostic.ts';

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/** The text of a file's bytes, without a byte order mark; a finding where they are not UTF-8. `file` is its shown path. */
export function decode(bytes: Uint8Array, file: string): Decoded {
  const utf16 = utf16Name(bytes);
  if (utf16 !== undefined) return wrongEncoding(file, utf16);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const zero = text.indexOf('\0');
    return zero < 0
      ? { kind: 'text', text }
      : { kind: 'failed', diagnostic: { code: 'FILE_BINARY', args: { path: file }, at: placeOf(text, zero, file) } };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (bytes.includes(0))
      return { kind: 'failed', diagnostic: { code: 'FILE_BINARY', args: { path: file }, at: start(file) } };
    return wrongEncoding(file, 'something else', firstBadPlace(bytes, file));
  }
}

function wrongEncoding(file: string, found: string, at = start(file)): Decoded {
  return { kind: 'failed', diagnostic: { code: 'FILE_ENCODING', args: { path: file, found }, at } };
}

function utf16Name(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16' : undefined;
}

/** A replacement character stands where the bytes are not UTF-8; one that was written as such is three bytes and legal. */
function firstBadPlace(bytes: Uint8Array, file: string): ReturnType<typeof start> {
  const lenient = new TextDecoder('utf-8').decode(bytes);
  return placeOf(lenient, Math.max(0, lenient.indexOf('\uFFFD')), file);
}

function placeOf(text: string, offset: number, file: string): ReturnType<typeof start> {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, col: (before.at(-1) ?? '').length + 1 };
}

function start(file: string): { file: string; line: number; col: number } {
  return { file, line: 1, col: 1 };
}
