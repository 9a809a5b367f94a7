import type { RecipientsBlock } from '../model/recipients-block.ts';
import { count } from '../model/count-of.ts';
import { sha256 } from '../model/digest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Files } from '../ports.ts';
import { sizeLimit } from './read-text.ts';
import type { CheckRow } from './rows/shape.ts';
import { fileFinding } from './rows/source-finding.ts';
import { readWhole } from './rows/whole-file.ts';

export type RowsRule =
  | { readonly kind: 'rule'; readonly check: CheckRow | undefined; readonly digest: string | undefined }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

const tooLarge = { kind: 'failed', problem: `it has more than ${count(sizeLimit)} bytes` } as const;

/** What `rows_schema` says; nothing where the campaign has none. */
export async function readRowsSchema(
  { rowsSchema }: Pick<RecipientsBlock, 'rowsSchema'>,
  files: Pick<Files, 'stream'>,
): Promise<RowsRule> {
  if (rowsSchema === undefined) return { kind: 'rule', check: undefined, digest: undefined };
  const { compileRowsSchema } = await import('../campaign/rows-schema.ts');
  const { path, file, at } = rowsSchema;
  try {
    const read = await readWhole(files.stream(path), sizeLimit);
    const text = read.kind === 'whole' ? read.bytes.toString() : '';
    const compiled = read.kind === 'whole' ? compileRowsSchema(text) : tooLarge;
    if (compiled.kind === 'schema') return { kind: 'rule', check: compiled.check, digest: sha256(text) };
    const args = { path: file, problem: compiled.problem };
    return { kind: 'failed', diagnostics: [{ code: 'ROWS_SCHEMA_INVALID', args, at }] };
  } catch (error) {
    return { kind: 'failed', diagnostics: [fileFinding(error, { file, at })] };
  }
}
