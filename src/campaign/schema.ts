/**
 * The schemas of campaign files, and what they say about a place in one: how its text is treated, whether it is a
 * secret, whether null is a value there. schema/ is the source; nothing about single fields is known elsewhere.
 */
import campaign from '../../schema/campaign.schema.json' with { type: 'json' };
import happyrobot from '../../schema/providers/happyrobot.schema.json' with { type: 'json' };
import intron from '../../schema/providers/intron.schema.json' with { type: 'json' };
import vocode from '../../schema/providers/vocode.schema.json' with { type: 'json' };
import voiceos from '../../schema/providers/voiceos.schema.json' with { type: 'json' };
import { certain } from './certain.ts';
import type { Entry, Path, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';

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

export type Visit = { readonly path: Path; readonly node: Sourced; readonly notes: Notes };

/** Every value of a campaign with what the schemas say about it, parents first. `environments` is left out. */
export function* visits(root: Sourced, provider: string | undefined, library: Library = schemas): Generator<Visit> {
  const spot = rootSpot(provider, library);
  const open: { path: Path; node: Sourced; spot: Spot }[] = [{ path: [], node: root, spot }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, node, spot: here } = next;
    yield { path, node, notes: here.notes };
    const children = [...childrenOf(node)].filter(([step]) => path.length > 0 || step !== 'environments');
    for (const [step, child] of children.toReversed()) {
      open.push({ path: [...path, step], node: child, spot: childSpot(here, step) });
    }
  }
}

/** The tree with each text, number, boolean and null changed; `environments` stays as it is. */
export function mapScalars(
  root: SourcedMap,
  { provider, library }: { readonly provider: string | undefined; readonly library: Library | undefined },
  change: (scalar: SourcedScalar, path: Path, notes: Notes) => Sourced,
): SourcedMap {
  const spot = rootSpot(provider, library);
  const entries = [...root.entries].map(([key, { keyPlace, value }]): [string, Entry] => {
    const mapped = key === 'environments' ? value : mapNode(value, { path: [key], spot: childSpot(spot, key), change });
    return [key, { keyPlace, value: mapped }];
  });
  return { ...root, entries: new Map(entries) };
}

/** The keys that an environment may have. */
export function overlayKeys(library: Library = schemas): ReadonlySet<string> {
  const overlay = resolve({ library, file: main, schema: {} }, '#/$defs/overlay/properties').schema;
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
type Spot = { readonly schemas: readonly Placed[]; readonly notes: Notes; readonly below: Map<string | number, Spot> };

const rootSpots = new WeakMap<Library, Map<string, Spot>>();

/** The schema of whole campaign files. */
export const main = 'campaign.schema.json';

type Mapping = {
  readonly path: Path;
  readonly spot: Spot;
  readonly change: (scalar: SourcedScalar, path: Path, notes: Notes) => Sourced;
};

function mapNode(node: Sourced, { path, spot, change }: Mapping): Sourced {
  const mapChild = (step: string | number, child: Sourced): Sourced =>
    mapNode(child, { path: [...path, step], spot: childSpot(spot, step), change });
  switch (node.kind) {
    case 'scalar':
      return change(node, path, spot.notes);
    case 'list':
      return { ...node, items: node.items.map((item, index) => mapChild(index, item)) };
    case 'map': {
      const entries = [...node.entries].map(([key, entry]): [string, Entry] => [
        key,
        { ...entry, value: mapChild(key, entry.value) },
      ]);
      return { ...node, entries: new Map(entries) };
    }
    case 'broken':
      return node;
  }
}

function rootSpot(provider = '', library: Library = schemas): Spot {
  const spots = rootSpots.get(library) ?? new Map<string, Spot>();
  const known = spots.get(provider);
  if (known !== undefined) return known;
  const spot = spotOf([resolve({ library, file: main, schema: {} }, '')], provider);
  rootSpots.set(library, spots.set(provider, spot));
  return spot;
}

function childSpot(spot: Spot, step: string | number): Spot {
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
    .filter(isSchema)
    .filter((part) => part['x-provider'] === undefined || part['x-provider'] === provider)
    .map((part) => ({ ...placed, schema: part }));
  const referred = typeof schema['$ref'] === 'string' ? [resolve(placed, schema['$ref'])] : [];
  return [placed, ...[...referred, ...branches].flatMap((part) => expand(part, provider))];
}

function below(placed: Placed, step: string | number): readonly Placed[] {
  const { schema } = placed;
  const found =
    typeof step === 'number' ? schema['items'] : (member(schema, 'properties', step) ?? schema['additionalProperties']);
  return isSchema(found) ? [{ ...placed, schema: found }] : [];
}

function resolve({ library, file: from }: Placed, reference: string): Placed {
  const { pathname, hash } = new URL(reference, `schema:///${from}`);
  const file = pathname.slice(1);
  let found: unknown = library[file];
  for (const key of hash.slice(1).split('/').slice(1)) found = asSchema(found)?.[key];
  return { library, file, schema: certain(asSchema(found), `${reference} as schema/${from} refers to it`) };
}

function member(schema: Schema, keyword: string, key: string): unknown {
  const members = schema[keyword];
  return isSchema(members) && Object.hasOwn(members, key) ? members[key] : undefined;
}

function asSchema(value: unknown): Schema | undefined {
  return isSchema(value) ? value : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* childrenOf(node: Sourced): Generator<readonly [string | number, Sourced]> {
  if (node.kind === 'map') for (const [key, { value }] of node.entries) yield [key, value];
  if (node.kind === 'list') yield* node.items.entries();
}
