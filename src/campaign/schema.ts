/** The schemas of campaign files. schema/ is the source; nothing about single fields is known elsewhere. */
import campaign from '../../schema/campaign.schema.json' with { type: 'json' };
import happyrobot from '../../schema/providers/happyrobot.schema.json' with { type: 'json' };
import intron from '../../schema/providers/intron.schema.json' with { type: 'json' };
import vocode from '../../schema/providers/vocode.schema.json' with { type: 'json' };
import voiceos from '../../schema/providers/voiceos.schema.json' with { type: 'json' };
import { isObject } from '../model/json.ts';

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

/** Schemas by the names that `$ref`s between them use. */
export type Library = Readonly<Record<string, Schema>>;

/** What campaigns of the built-in providers are written by. */
export const schemas: Library = {
  'campaign.schema.json': campaign,
  'providers/happyrobot.schema.json': happyrobot,
  'providers/intron.schema.json': intron,
  'providers/voiceos.schema.json': voiceos,
  'providers/vocode.schema.json': vocode,
};

/** The name of the schema of whole campaign files. */
export const campaignSchema = 'campaign.schema.json';

/** A part of a schema; one that says nothing where there is none. */
export function asSchema(part: unknown): Schema {
  return isObject(part) ? part : {};
}
