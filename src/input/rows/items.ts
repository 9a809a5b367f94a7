import type { Files } from '../../ports.ts';
import { csvItems } from './csv.ts';
import type { CsvOptions } from './csv.ts';
import { inlineItems } from './inline.ts';
import { jsonItems } from './json.ts';
import { jsonlItems } from './jsonl.ts';
import type { LocalSource } from './local-source.ts';
import { shaped } from './shape.ts';
import type { AnswerPart } from './sql/answer.ts';
import type { CheckRow } from './shape.ts';
import { broken, fileFinding } from './source-finding.ts';
import type { SourceItem } from './source.ts';

export type ItemsOptions = CsvOptions & {
  /** What each row must meet after its source's map and filter; default: nothing. */
  readonly check?: CheckRow | undefined;
};

/** Reads a source of any kind: its columns, then its rows in batches. */
export async function* sourceItems(
  source: LocalSource,
  files: Pick<Files, 'stream'>,
  { check, ...options }: ItemsOptions = {},
): AsyncGenerator<SourceItem> {
  const { file, shape } = source;
  yield* shaped(rawItems(source, files, options), { source: shape, file, check });
}

async function* rawItems(
  source: LocalSource,
  files: Pick<Files, 'stream'>,
  options: CsvOptions,
): AsyncGenerator<SourceItem> {
  const { rows } = source;
  switch (rows.kind) {
    case 'file':
      yield* fileItems(rows.source, files, options);
      return;
    case 'inline':
      yield* inlineItems(rows.source);
      return;
    case 'sqlite':
    case 'spool':
      yield* answered({ ...source, rows }, files);
  }
}

async function* fileItems(
  source: (LocalSource['rows'] & { readonly kind: 'file' })['source'],
  files: Pick<Files, 'stream'>,
  options: CsvOptions,
): AsyncGenerator<SourceItem> {
  switch (source.kind) {
    case 'csv':
    case 'tsv':
      yield* csvItems({ ...source, kind: source.kind }, files, options);
      return;
    case 'json':
      yield* jsonItems(source, files);
      return;
    case 'jsonl':
      yield* jsonlItems(source, files);
      return;
    case 'xlsx': {
      const { xlsxItems } = await import('./xlsx.ts');
      yield* xlsxItems(source, files);
    }
  }
}

type Answered = LocalSource & { readonly rows: { readonly kind: 'sqlite' | 'spool' } };

async function* answered(source: Answered, files: Pick<Files, 'stream'>): AsyncGenerator<SourceItem> {
  const { QueryFailed, answerItems } = await import('./sql/answer.ts');
  const itemOf = answerItems(source);
  try {
    for await (const part of await partsOf(source.rows, files)) yield itemOf(part);
  } catch (error) {
    if (error instanceof QueryFailed) yield broken(source, { kind: error.kind, problem: error.message });
    else yield { kind: 'broken', diagnostics: [fileFinding(error, source)] };
  }
}

async function partsOf(rows: Answered['rows'], files: Pick<Files, 'stream'>): Promise<AsyncGenerator<AnswerPart>> {
  if (rows.kind === 'spool') return (await import('./sql/spool.ts')).readSpool(rows.path, files);
  return (await import('./sql/sqlite.ts')).askSqlite(rows.path, rows.query);
}
