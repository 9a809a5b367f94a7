/**
 * What the schemas say about a place in a campaign file: how its text is treated, whether it is a secret, whether null is a
 * value there.
 */
import { isObject } from '../model/json.ts';
import { certain } from './certain.ts';
import { asSchema, campaignSchema, schemas, type Library, type Schema } from './schema.ts';
import type { Path } from './sourced.ts';

/** How a text is treated: rendered per recipient, lowered to the provider's placeholders, over the columns of its own source, or sent as it stands. */
export type TemplateUse = 'rendered' | 'lowered' | 'own' | 'literal';

/** What the schemas say about one place. */
export type Notes = {
  readonly template: TemplateUse;
  /** `filled`: only where it is taken from the environment or a file. */
  readonly secret: boolean | 'filled';
  readonly url: boolean;
  readonly allowsNull: boolean;
  /** The key's own, before those of the shape that it shares with others. */
  readonly examples: readonly unknown[];
};

/** The keys that an environment may have. */
export function overlayKeys(library: Library = schemas): ReadonlySet<string> {
  const overlay = resolve({ library, file: campaignSchema, schema: {} }, '#/$defs/overlay/properties').schema;
  return new Set(Object.keys(overlay));
}

/** What the schemas say about a path. */
export function notesAt(path: Path, provider: string | undefined, library: Library = schemas): Notes {
  let spot = rootSpot(provider, library);
  for (const step of path) spot = childSpot(spot, step);
  return spot.notes;
}

/** A schema with the name of the file that holds it, which its `$ref`s start from. */
type Placed = { readonly library: Library; readonly file: string; readonly schema: Schema };

/** All schemas that hold for one place, and the spots below it as they are asked for. */
export type Spot = {
  readonly schemas: readonly Placed[];
  readonly notes: Notes;
  readonly below: Map<string | number, Spot>;
};

const rootSpots = new WeakMap<Library, Map<string, Spot>>();

/** The whole file, as a campaign of this provider is written. */
export function rootSpot(provider = '', library: Library = schemas): Spot {
  const spots = rootSpots.get(library) ?? new Map<string, Spot>();
  const known = spots.get(provider);
  if (known !== undefined) return known;
  const spot = spotOf([resolve({ library, file: campaignSchema, schema: {} }, '')], provider);
  rootSpots.set(library, spots.set(provider, spot));
  return spot;
}

/** What stands below a place, by its key or index. */
export function childSpot(spot: Spot, step: string | number): Spot {
  const named = typeof step === 'string' && spot.schemas.some(({ schema }) => member(schema, 'properties', step));
  const key = typeof step === 'number' ? 0 : named ? step : '';
  const known = spot.below.get(key);
  if (known !== undefined) return known;
  const child = spotOf(
    spot.schemas.flatMap((placed) => below(placed, step)),
    '',
  );
  spot.below.set(key, child);
  return child;
}

function spotOf(written: readonly Placed[], provider: string): Spot {
  const all = written.flatMap((placed) => expand(placed, provider));
  const says = (keyword: string): unknown => all.find(({ schema }) => keyword in schema)?.schema[keyword];
  const [template, secret, examples] = [says('x-template'), says('x-secret'), says('examples')];
  const notes = {
    template: template === 'rendered' || template === 'lowered' || template === 'own' ? template : 'literal',
    secret: secret === true || secret === 'filled' ? secret : false,
    url: says('x-url') !== undefined,
    allowsNull: all.some(({ schema }) => Array.isArray(schema['type']) && schema['type'].includes('null')),
    examples: Array.isArray(examples) ? examples : [],
  } as const;
  return { schemas: all, notes, below: new Map() };
}

/** A schema with all that it refers to; of the provider branches only the campaign's own. */
function expand(placed: Placed, provider: string): readonly Placed[] {
  const { schema } = placed;
  const parts = [schema['then'], schema['else'], ...(Array.isArray(schema['allOf']) ? schema['allOf'] : [])];
  const branches = parts
    .filter(isObject)
    .filter((part) => part['x-provider'] === undefined || part['x-provider'] === provider)
    .map((part) => ({ ...placed, schema: part }));
  const referred = typeof schema['$ref'] === 'string' ? [resolve(placed, schema['$ref'])] : [];
  return [placed, ...[...referred, ...branches].flatMap((part) => expand(part, provider))];
}

function below(placed: Placed, step: string | number): readonly Placed[] {
  const { schema } = placed;
  const found =
    typeof step === 'number' ? schema['items'] : (member(schema, 'properties', step) ?? schema['additionalProperties']);
  return isObject(found) ? [{ ...placed, schema: found }] : [];
}

function resolve({ library, file: from }: Placed, reference: string): Placed {
  const { pathname, hash } = new URL(reference, `schema:///${from}`);
  const file = pathname.slice(1);
  let found: unknown = library[file];
  for (const key of hash.slice(1).split('/').slice(1)) found = asSchema(found)[key];
  return {
    library,
    file,
    schema: certain(isObject(found) ? found : undefined, `${reference} as schema/${from} refers to it`),
  };
}

function member(schema: Schema, keyword: string, key: string): unknown {
  const members = schema[keyword];
  return isObject(members) && Object.hasOwn(members, key) ? members[key] : undefined;
}
