import type { Campaign } from '../../model/campaign.ts';
import { canonicalJson } from '../../model/digest.ts';
import type { HttpRequest } from '../../model/plan.ts';
import type { Recipient } from '../../model/recipient.ts';
import { printReference, recipientTag, waveTag } from '../../model/reference.ts';
import { isText, type Fields } from '../../model/value.ts';
import { valueAt } from '../../model/value-at.ts';
import { wireFields } from '../../plan/desired.ts';
import type { Call } from '../../providers/contract.ts';
import { renderCarried } from '../../recipients/carried.ts';
import { sentValues } from '../../recipients/sent.ts';
import { accountOf } from '../account-of.ts';
import { renderedResource, sentNames } from '../sent-names.ts';
import type { World } from '../world.ts';
import { spoken } from '../../report/spoken.ts';

type Providing = Pick<World, 'providers'>;

/** The requests that would place first calls to these recipients, as the engine would put them together. */
export function placingRequests(
  campaign: Campaign,
  recipients: readonly Recipient[],
  world: Providing,
): readonly HttpRequest[] {
  const { account } = accountOf(campaign, world);
  const { resource, execution } = campaign;
  const fields = resource.fields === undefined ? {} : wireFields(resource.fields, account.resource);
  const most = Math.max(1, Math.min(account.calls.batch, execution.batchSize));
  const calls = recipients.map((recipient) => callOf(campaign, recipient, world));
  const groups = Map.groupBy(calls, ({ options }) =>
    canonicalJson(account.calls.perRequest.map((name) => options[name])),
  );
  return [...groups.values()].flatMap((group) =>
    chunks(group, most).map((batch) => account.calls.place.request({ calls: batch, resource: fields })),
  );
}

/** What would be said to a recipient, by the field of the resource that says it. */
export function saidTo(campaign: Campaign, recipient: Recipient, world: Providing): Readonly<Record<string, string>> {
  const { provider } = accountOf(campaign, world);
  const fields = { ...campaign.resource.fields, ...carriedResource(campaign, recipient, world) };
  const texts = [...provider.lowered, ...provider.rendered].flatMap((path) => {
    const value = valueAt(fields, path.split('.'));
    if (value === undefined || !isText(value)) return typeof value === 'string' ? [[path, value] as const] : [];
    const names = value.$text.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
    const values = sentValues(recipient, names, campaign.variables);
    return [
      [
        path,
        value.$text.map((part) => (typeof part === 'string' ? part : String(values[part.variable] ?? ''))).join(''),
      ] as const,
    ];
  });
  return Object.fromEntries(texts);
}

function callOf(campaign: Campaign, recipient: Recipient, world: Providing): Call {
  const { address, wave, resource, variables } = campaign;
  const names =
    sentNames(campaign, accountOf(campaign, world), undefined) ?? Object.keys(campaign.recipients.variables);
  const carried = carriedResource(campaign, recipient, world);
  const reference = { wave: waveTag(address, wave), recipient: recipientTag(address, wave, recipient.key), n: 1 };
  return {
    resourceId: resource.id ?? `(id of the ${spoken(resource.noun)})`,
    phone: recipient.phone,
    reference: printReference(reference),
    variables: sentValues(recipient, names, variables),
    options: recipient.call,
    ...(carried === undefined ? {} : { resource: carried }),
  };
}

/** The resource as it would go with the call; undefined where none goes along, or nobody knows what it says. */
function carriedResource(campaign: Campaign, recipient: Recipient, world: Providing): Fields | undefined {
  const compiled = renderedResource(campaign, undefined, world);
  if (compiled?.kind !== 'compiled') return undefined;
  const rendered = renderCarried(compiled.tree, recipient, campaign.variables);
  return rendered.kind === 'rendered' ? rendered.fields : undefined;
}

function chunks<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += most) parts.push(items.slice(start, start + most));
  return parts;
}
