/**
 * A file's bytes to blocks of whole lines in UTF-8. Only LF ends a line here, so that a block can be checked and parsed
 * by itself. Nothing is replaced in silence: lines with bytes that are
 * no UTF-8 are named, and other encodings are decoded strictly.
 */
import { badLines, lineFeed } from './bad-lines.ts';
import { foreignFile } from './foreign-file.ts';
import type { SourceProblem } from './source.ts';

/** The longest line, and the longest record, in bytes: a hundred times what a row of people's data takes. */
export const maxRecordBytes = 1_048_576;

export type ByteBlock =
  | {
      readonly kind: 'block';
      readonly bytes: Buffer;
      /** Physical lines, from 1, whose bytes are no UTF-8. */
      readonly badLines: readonly number[];
    }
  | { readonly kind: 'broken'; readonly problem: SourceProblem };

/** Splits a stream into blocks of whole lines; the last may lack its line end. `encoding` is a WHATWG label. */
export async function* lineBlocks(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<ByteBlock> {
  const label = labelOf(encoding);
  if (label === undefined) return yield broken({ kind: 'encoding_unknown', encoding });
  const decode = label === 'utf-8' ? undefined : new TextDecoder(label, { fatal: true });
  let held: Buffer = Buffer.alloc(0);
  let line = 1;
  let started = false;
  for await (const chunk of chunks) {
    const foreign = started || label.startsWith('utf-16') ? undefined : foreignFile(chunk);
    if (foreign !== undefined) return yield broken({ kind: 'foreign', found: foreign });
    const bytes =
      decode === undefined ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : decoded(decode, chunk);
    if (bytes === undefined) return yield broken({ kind: 'encoding', encoding, line });
    const text = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const end = text.lastIndexOf(lineFeed) + 1;
    held = text.subarray(end);
    if (held.length > maxRecordBytes) return yield broken({ kind: 'too_long', line, limit: maxRecordBytes });
    if (end === 0) continue;
    const whole = text.subarray(started ? 0 : markLength(text), end);
    started = true;
    yield block(whole, line);
    line += linesIn(whole);
  }
  if (decode !== undefined && decoded(decode) === undefined) return yield broken({ kind: 'encoding', encoding, line });
  const rest = started ? held : held.subarray(markLength(held));
  if (rest.length > 0) yield block(rest, line);
}

function block(bytes: Buffer, line: number): ByteBlock {
  if (bytes.includes(0)) return broken({ kind: 'foreign', found: 'binary' });
  return { kind: 'block', bytes, badLines: badLines(bytes, line) };
}

function broken(problem: SourceProblem): ByteBlock {
  return { kind: 'broken', problem };
}

function labelOf(encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The chunk in UTF-8, or undefined where its bytes are not of the encoding. Without a chunk: the end. */
function decoded(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Length of the byte order mark that some programs put before UTF-8. */
function markLength(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}
