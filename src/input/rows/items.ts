import type { Source } from '../../model/campaign.ts';
import type { Files } from '../../ports.ts';
import { csvItems } from './csv.ts';
import type { CsvOptions } from './csv.ts';
import { inlineItems } from './inline.ts';
import type { SourceItem } from './source.ts';

/** Reads a source of any kind: its columns, then its rows in batches. */
export async function* sourceItems(
  source: Source,
  files: Pick<Files, 'stream'>,
  options: CsvOptions = {},
): AsyncGenerator<SourceItem> {
  switch (source.kind) {
    case 'csv':
      yield* csvItems(source, files, options);
      return;
    case 'rows':
      yield* inlineItems(source);
  }
}
