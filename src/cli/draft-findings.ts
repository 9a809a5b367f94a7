import { unknownNames } from '../campaign/check-names.ts';
import { readHeads } from '../input/list-heads.ts';
import type { Draft } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { World } from './world.ts';

/** What reading the columns of a campaign with findings adds to them. */
export async function draftFindings(
  { recipients, ...draft }: Draft,
  { files }: Pick<World, 'files'>,
): Promise<readonly Diagnostic[]> {
  const heads = await readHeads(recipients.sources, files);
  if (heads.kind === 'failed') return heads.diagnostics;
  return heads.columns === undefined ? [] : unknownNames({ recipients, ...draft }, heads.columns);
}
