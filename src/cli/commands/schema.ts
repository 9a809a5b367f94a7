import { padEnd } from '../../report/width.ts';
import type { Invocation } from '../command.ts';
import { nearest } from '../../model/nearest.ts';
import type { RawReport, Report } from '../report.ts';
import { aboutSchema, readSchema, schemaKinds } from '../schemas.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';

/** Prints the JSON Schema of a kind in one piece, or the list of kinds. */
export async function schema({ args }: Invocation, world: World): Promise<Report | RawReport> {
  const [kind] = args;
  if (kind === undefined) return listKinds();
  const found = await readSchema(kind, world);
  if (found === undefined) throw unknownKind(kind);
  return { endings: ['done'], raw: `${JSON.stringify(found, null, 2)}\n`, next: [] };
}

function listKinds(): Report {
  const kinds = schemaKinds.map((kind) => ({ kind, about: aboutSchema(kind) ?? '' }));
  const width = Math.max(...schemaKinds.map((kind) => kind.length));
  return {
    endings: ['done'],
    kind: 'schemas',
    data: { schemas: kinds },
    text: ({ style }) => kinds.map(({ kind, about }) => `${style.bold(padEnd(kind, width))} ${about}\n`).join(''),
    next: ['callplan schema campaign > campaign.schema.json'],
  };
}

function unknownKind(kind: string): UsageError {
  const close = nearest(kind, schemaKinds);
  const hint = close === undefined ? `There are ${schemaKinds.join(', ')}` : `Did you mean ${close}?`;
  return new UsageError(`there is no schema "${kind}"`, hint);
}
