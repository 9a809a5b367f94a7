import { isUtf8 } from 'node:buffer';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { spotAt } from '../model/spot-at.ts';

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/** The text of a file's bytes, without a byte order mark; a finding where they are not UTF-8. `file` is its shown path. */
export function decode(bytes: Uint8Array, file: string): Decoded {
  const utf16 = utf16Name(bytes);
  if (utf16 !== undefined) return wrongEncoding(file, utf16);
  const text = new TextDecoder('utf-8').decode(bytes);
  const zero = text.indexOf('\0');
  if (zero >= 0) return binary(file, { file, ...spotAt(text, zero) });
  return isUtf8(bytes) ? { kind: 'text', text } : wrongEncoding(file, 'something else', firstBadPlace(text, file));
}

function wrongEncoding(file: string, found: string, at = start(file)): Decoded {
  return { kind: 'failed', diagnostic: { code: 'FILE_ENCODING', args: { path: file, found }, at } };
}

function utf16Name(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16' : undefined;
}

/** A replacement character stands where the bytes are not UTF-8. */
function firstBadPlace(lenient: string, file: string): Place {
  return { file, ...spotAt(lenient, lenient.indexOf('\uFFFD')) };
}

function binary(file: string, at: Place): Decoded {
  return { kind: 'failed', diagnostic: { code: 'FILE_BINARY', args: { path: file }, at } };
}

function start(file: string): Place {
  return { file, line: 1, col: 1 };
}
