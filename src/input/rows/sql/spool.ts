/** Rows of a database that is not on this machine, kept in a private file: every reading sees the same ones. */
import type { Files } from '../../../ports.ts';
import type { CellText } from '../cell-text.ts';
import type { AnswerPart } from './answer.ts';

/** Writes an answer, one JSON list a line: the columns, then the rows. Whatever `parts` throws is thrown on. */
export async function writeSpool(
  path: string,
  parts: AsyncIterable<AnswerPart>,
  files: Pick<Files, 'writeAtomically'>,
): Promise<void> {
  await files.writeAtomically(path, lines(parts), 0o600);
}

async function* lines(parts: AsyncIterable<AnswerPart>): AsyncGenerator<string> {
  for await (const part of parts) {
    if (part.kind === 'columns') yield `${JSON.stringify(part.columns)}\n`;
    else yield part.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}

const batchRows = 1000;

/** Reads what was written, as often as it is asked for. */
export async function* readSpool(path: string, files: Pick<Files, 'stream'>): AsyncGenerator<AnswerPart> {
  let isFirst = true;
  let rows: (readonly CellText[])[] = [];
  for await (const line of linesOf(files.stream(path))) {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value)) continue;
    if (isFirst) yield { kind: 'columns', columns: value.map(String) };
    else rows.push(value);
    isFirst = false;
    if (rows.length < batchRows) continue;
    yield { kind: 'rows', rows };
    rows = [];
  }
  if (rows.length > 0) yield { kind: 'rows', rows };
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of chunks) {
    const parts = (held + decoder.decode(chunk, { stream: true })).split('\n');
    held = parts.pop() ?? '';
    yield* parts;
  }
  if (held !== '') yield held;
}
