import type { World } from '../../ports.ts';
import { padEnd } from '../../report/width.ts';
import type { Invocation } from '../command.ts';
import { nearest } from '../../model/nearest.ts';
import type { RawReport, Report } from '../report.ts';
import { schemaKinds, schemaOf } from '../schemas.ts';
import { UsageError } from '../usage-error.ts';

/** Prints the JSON Schema of a kind as it lies in the package, or the list of kinds. */
export async function schema({ args }: Invocation, world: World): Promise<Report | RawReport> {
  const [kind] = args;
  if (kind === undefined) return listKinds();
  const found = schemaOf(kind);
  if (found === undefined) throw unknownKind(kind);
  const bytes = await world.files.read(found.path);
  return { endings: ['done'], raw: new TextDecoder().decode(bytes), next: [] };
}

function listKinds(): Report {
  const kinds = schemaKinds.map((kind) => ({ kind, about: schemaOf(kind)?.about ?? '' }));
  return {
    endings: ['done'],
    kind: 'schemas',
    data: { schemas: kinds },
    text: ({ style }) => kinds.map(({ kind, about }) => `${style.bold(padEnd(kind, 12))} ${about}\n`).join(''),
    next: ['callplan schema campaign > campaign.schema.json'],
  };
}

function unknownKind(kind: string): UsageError {
  const close = nearest(kind, schemaKinds);
  const hint = close === undefined ? `There are ${schemaKinds.join(', ')}` : `Did you mean ${close}?`;
  return new UsageError(`there is no schema "${kind}"`, hint);
}
