import type { FileSource, Source } from '../../../src/model/source.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { SourceRow } from '../../../src/model/recipient.ts';
import { localSources } from '../../../src/input/local-sources.ts';
import type { Surroundings } from '../../../src/input/local-sources.ts';
import { sourceItems } from '../../../src/input/rows/items.ts';
import { systemFiles } from '../../../src/system/files.ts';
import { inMemory } from '../in-memory.ts';

/** Where a test's sources are written. */
export const at: Source['at'] = { file: 'campaign.yaml', line: 22, col: 12 };

/** All that a source yields. */
export type ReadRows = {
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
  readonly leftOut: number;
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads a source as a command does that may go to the network. */
export async function readRows(source: Source, world: Partial<Surroundings> = {}): Promise<ReadRows> {
  const files = world.files ?? systemFiles;
  const { local, unread, diagnostics: lacking } = await localSources([source], { ...world, files });
  let columns: readonly string[] = [];
  let leftOut = 0;
  const rows: SourceRow[] = [];
  const diagnostics: Diagnostic[] = [...lacking, ...unread];
  for (const one of local) {
    for await (const item of sourceItems(one, files)) {
      if (item.kind === 'columns') ({ columns } = item);
      if (item.kind === 'rows') rows.push(...item.rows);
      if (item.kind === 'rows') leftOut += item.leftOut ?? 0;
      if (item.kind === 'broken') diagnostics.push(...item.diagnostics);
    }
  }
  return { columns, rows, leftOut, diagnostics };
}

/** A source that is a file of the clinic, and what is in it, in chunks of a few bytes. */
export function readText(
  source: Pick<FileSource, 'kind'> & Partial<FileSource>,
  text: string | Uint8Array,
): Promise<ReadRows> {
  const path = `/clinic/patients.${source.kind}`;
  const whole = { path, file: `patients.${source.kind}`, at, ...source };
  return readRows(whole, { files: inMemory({ [path]: text }, 7) });
}

/** Cells of rows, and reasons of rejected ones. */
export function told({ rows }: ReadRows): readonly unknown[] {
  return rows.map((row) => (row.kind === 'row' ? row.row.cells : row.rejected.reason));
}

/** Codes and what they say. */
export function findings({ diagnostics }: ReadRows): readonly unknown[] {
  return diagnostics.map(({ code, args }) => ({ code, ...args }));
}
