import { schemas, type Library } from './schema.ts';
import { childSpot, rootSpot, type Notes, type Spot } from './schema-notes.ts';
import type { Entry, Path, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';

/** A value of a campaign, and what the schemas say about it. */
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

function* childrenOf(node: Sourced): Generator<readonly [string | number, Sourced]> {
  if (node.kind === 'map') for (const [key, { value }] of node.entries) yield [key, value];
  if (node.kind === 'list') yield* node.items.entries();
}
