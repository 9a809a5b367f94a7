import type { Campaign, Guards, ResourceBlock } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { digest } from '../model/digest.ts';
import type { Place } from '../model/place.ts';
import { InternalError } from '../model/internal-error.ts';
import type { ResolveInput } from './build-input.ts';
import { printTree, readTemplates } from './read-templates.ts';
import { resolveExecution } from './resolve-execution.ts';
import { printRecipients, resolveRecipients } from './resolve-recipients.ts';
import type { Path, Sourced, SourcedMap } from './sourced.ts';
import { at, keyPlaceAt, plain, printPath, textAt } from './sourced.ts';
import { toFields, toResource } from './to-value.ts';

/** A checked file as the engine needs it, defaults filled in; or what only the provider finds wrong with it. */
export function resolveCampaign(given: ResolveInput): {
  readonly campaign?: Campaign;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { input, root, provider } = given;
  const providerBlock = mapAt(root, ['provider']);
  const options = toFields(providerBlock, ['type', provider.credential]);
  const resource = resolveResource(given);
  const call = readTemplates(at(root, ['call']), 'call', given.texts.templates);
  const found = provider.check({ options, resource: resource.fields, call: Object.keys(call.entries) });
  if (found.length > 0) return { diagnostics: found.map((one) => placed(one, given)) };
  const description = textAt(root, ['description']);
  const definition = {
    provider: {
      type: provider.name,
      at: keyPlaceAt(root, ['provider']) ?? providerBlock.place,
      options,
      credential: credentialOf(given),
    },
    resource,
    call,
    variables: given.constants,
    locale: textAt(root, ['locale']) ?? 'en',
    recipients: resolveRecipients(given),
    execution: resolveExecution(root, given.account),
  };
  const campaign: Campaign = {
    ...definition,
    file: input.file,
    path: input.path,
    address: { campaign: textAt(root, ['campaign']) ?? '', environment: input.environment ?? 'default' },
    wave: textAt(root, ['wave']) ?? '',
    ...(description !== undefined && { description }),
    guards: resolveGuards(root),
    nameUses: given.texts.uses,
    secrets: given.secrets,
    definitionDigest: digestOf(definition),
  };
  return { campaign, diagnostics: [] };
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
  const fields = toResource(block, provider.noun, texts.texts);
  return {
    noun: provider.noun,
    at: keyPlaceAt(root, [provider.noun]) ?? block.place,
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
  };
}

function credentialOf({ root, provider }: ResolveInput): string {
  return textAt(root, ['provider', provider.credential]) ?? '';
}

/** A provider's path starts at the resource, or at `provider` or `call`. */
function placed(
  { path, diagnostic }: { path: string; diagnostic: Diagnostic },
  { root, provider }: ResolveInput,
): Diagnostic {
  const steps = path.split('.');
  const block = steps[0] === 'provider' || steps[0] === 'call' ? [] : [provider.noun];
  const node = at(root, [...block, ...steps]) ?? at(root, block);
  return node === undefined ? diagnostic : { ...diagnostic, at: node.place };
}

function numberAt(root: SourcedMap, path: Path): number | undefined {
  const node = at(root, path);
  const value: unknown = node === undefined ? undefined : plain(node);
  return typeof value === 'number' ? value : undefined;
}

/** @throws InternalError where a checked campaign lacks a required block: a mistake in schema/ */
function mapAt(root: SourcedMap, path: Path): SourcedMap {
  const node: Sourced | undefined = at(root, path);
  if (node?.kind === 'map') return node;
  throw new InternalError(`a checked campaign has no ${printPath(path)}`);
}
