import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { CampaignProvider } from './campaign-provider.ts';
import type { CompiledTexts } from './compile-texts.ts';
import type { Entry, SourcedMap } from './sourced.ts';
import { at, entriesAt } from './sourced.ts';
import { toFields, toResource } from './to-value.ts';

export type Blocks = {
  readonly root: SourcedMap;
  readonly provider: CampaignProvider;
  readonly texts: CompiledTexts;
  /** What was found so far: the provider is asked only about blocks in which nothing was. */
  readonly findings: readonly Diagnostic[];
};

/** What only the provider finds wrong with its blocks. */
export function checkBlocks({ root, provider, texts, findings }: Blocks): readonly Diagnostic[] {
  const [options, resource] = [at(root, ['provider']), at(root, [provider.noun])];
  if (options?.kind !== 'map' || resource?.kind !== 'map') return [];
  const lines = new Set(['provider', provider.noun, 'call'].flatMap((key) => linesOf(root.entries.get(key))));
  if (findings.some((one) => one.at !== undefined && lines.has(lineOf(one.at)))) return [];
  const fields = toResource(resource, provider.noun, texts);
  const found = provider.check({
    options: toFields(options, ['type', provider.credential]),
    resource: Object.keys(fields).length > 0 ? fields : undefined,
    call: [...entriesAt(root, ['call']).keys()],
  });
  // A provider's path starts at the resource; what has no place of its own stands at the block.
  return found.map(({ path, diagnostic }) => {
    const node = at(resource, path.split('.')) ?? resource;
    return { ...diagnostic, at: node.place };
  });
}

/** Every line on which a part of an entry stands, wherever environments and aliases took it from. */
function linesOf(entry: Entry | undefined): readonly string[] {
  if (entry === undefined) return [];
  const { keyPlace, value } = entry;
  const { file, line, endLine = line } = value.place;
  const own = Array.from({ length: endLine - line + 1 }, (_, index) => lineOf({ file, line: line + index }));
  const here = [lineOf(keyPlace), ...own];
  if (value.kind === 'map') return [...here, ...[...value.entries.values()].flatMap(linesOf)];
  if (value.kind !== 'list') return here;
  return [...here, ...value.items.flatMap((item) => linesOf({ keyPlace: item.place, value: item }))];
}

function lineOf({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${String(line)}`;
}
