import type { Campaign, Guards, ResourceBlock } from '../model/campaign.ts';
import { digest } from '../model/digest.ts';
import type { Place } from '../model/place.ts';
import { certain } from './certain.ts';
import { environmentsOf } from './compose.ts';
import type { ResolveInput } from './build-input.ts';
import { printTree, readTemplates } from './read-templates.ts';
import { numberAt } from './read-quantity.ts';
import { resolveExecution } from './resolve-execution.ts';
import { printRecipients, resolveRecipients } from './resolve-recipients.ts';
import type { Path, SourcedMap } from './sourced.ts';
import { at, entriesAt, keyPlaceAt, printPath, textAt } from './sourced.ts';
import { toFields, toResource } from './to-value.ts';

/** A checked file as the engine needs it, defaults filled in. */
export function resolveCampaign(given: ResolveInput): Campaign {
  const { input, root, provider } = given;
  const providerBlock = mapAt(root, ['provider']);
  const options = toFields(providerBlock, ['type', provider.credential]);
  const resource = resolveResource(given);
  const call = readTemplates(at(root, ['call']), 'call', given.texts.templates);
  const description = textAt(root, ['description']);
  const declared = environmentsOf(root);
  const definition = {
    provider: {
      type: provider.name,
      at: certain(keyPlaceAt(root, ['provider']), 'provider'),
      options,
      credential: certain(textAt(root, ['provider', provider.credential]), provider.credential),
    },
    resource,
    call,
    variables: given.constants,
    locale: textAt(root, ['locale']) ?? 'en',
    recipients: resolveRecipients(given),
    execution: resolveExecution(root, given.account),
  };
  return {
    ...definition,
    file: input.file,
    path: input.path,
    address: { campaign: certain(textAt(root, ['campaign']), 'campaign'), environment: input.environment ?? 'default' },
    environments: declared.length === 0 ? ['default'] : declared,
    wave: certain(textAt(root, ['wave']), 'wave'),
    ...(description !== undefined && { description }),
    guards: resolveGuards(root),
    nameUses: given.texts.uses,
    secrets: given.secrets,
    definitionDigest: digestOf(definition),
  };
}

type Definition = Pick<
  Campaign,
  'provider' | 'resource' | 'call' | 'variables' | 'locale' | 'recipients' | 'execution'
>;

/** Everything that decides what is said and done to a recipient, without places, recipients, wave and store. */
function digestOf({ provider, resource, call, variables, locale, recipients, execution }: Definition): string {
  return digest({
    provider: { type: provider.type, options: provider.options },
    resource: { id: resource.id, fields: resource.fields },
    call: printTree(call),
    variables,
    locale,
    recipients: printRecipients(recipients),
    execution,
  });
}

function resolveResource({ root, provider, texts }: ResolveInput): ResourceBlock {
  const block = mapAt(root, [provider.noun]);
  const id = textAt(block, ['id']);
  const fields = toResource(block, provider.noun, texts);
  return {
    noun: provider.noun,
    at: certain(keyPlaceAt(root, [provider.noun]), provider.noun),
    ...(id !== undefined && { id }),
    ...(Object.keys(fields).length > 0 && { fields }),
    places: Object.fromEntries(fieldPlaces(block, []).filter(([path]) => path !== 'id')),
  };
}

function fieldPlaces(map: SourcedMap, path: Path): readonly (readonly [string, Place])[] {
  return [...map.entries].flatMap(([key, { keyPlace, value }]) => {
    const here = [...path, key];
    const below = value.kind === 'map' ? fieldPlaces(value, here) : [];
    return [[printPath(here), keyPlace] as const, ...below];
  });
}

function resolveGuards(root: SourcedMap): Guards {
  const most = numberAt(root, ['guards', 'max_recipients']);
  const fresh = numberAt(root, ['guards', 'max_new_recipients']);
  return {
    ...(most !== undefined && { maxRecipients: most }),
    ...(fresh !== undefined && { maxNewRecipients: fresh }),
    places: Object.fromEntries([...entriesAt(root, ['guards'])].map(([key, { value }]) => [key, value.place])),
  };
}

function mapAt(root: SourcedMap, path: Path): SourcedMap {
  const node = at(root, path);
  return certain(node?.kind === 'map' ? node : undefined, printPath(path));
}
