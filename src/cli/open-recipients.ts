import { checkNames } from '../campaign/check-names.ts';
import { type CompiledResource } from '../campaign/rendered-resource.ts';
import { openFrozen, type FrozenRows } from '../input/load-frozen.ts';
import { openRecipients } from '../input/load-recipients.ts';
import type { OpenedRecipients, RecipientsOptions } from '../input/load-recipients.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { Live } from '../model/plan.ts';
import { templatesIn } from '../recipients/render-tree.ts';
import { accountOf } from './account-of.ts';
import { renderedResource, sentNames } from './sent-names.ts';
import type { World } from './world.ts';

/** Opens a campaign's recipients and checks the names in its templates against their columns. */
export async function openCampaignRecipients(
  campaign: Campaign,
  world: Pick<World, 'files' | 'providers'> & { readonly reach?: World['reach'] },
  live?: Live,
): Promise<OpenedRecipients> {
  const { provider } = accountOf(campaign, world);
  const resource = renderedResource(campaign, live, world);
  if (resource?.kind === 'failed') return resource;
  const options = readingOptions(campaign, { live, resource }, world);
  const opened = await openRecipients(campaign, world, options);
  if (opened.kind === 'failed') {
    const { columns, diagnostics } = opened;
    return columns === undefined
      ? opened
      : { kind: 'failed', diagnostics: [...diagnostics, ...checkNames(campaign, columns, provider.reserved)] };
  }
  const { columns } = opened;
  // Without a source that was read nobody knows what the columns are.
  if (columns === undefined) return opened;
  const diagnostics = [
    ...checkNames(campaign, columns, provider.reserved),
    ...(live === undefined ? [] : notBrought(campaign, columns, [...(options.sent ?? []), ...namesIn(resource)])),
  ];
  return diagnostics.length === 0 ? opened : { kind: 'failed', diagnostics };
}

/** Opens recipients that were frozen for an earlier wave. */
export async function openFrozenRecipients(
  campaign: Campaign,
  rows: FrozenRows,
  world: Pick<World, 'files' | 'providers' | 'reach'>,
  live: Live | undefined,
): Promise<OpenedRecipients> {
  const resource = renderedResource(campaign, live, world);
  if (resource?.kind === 'failed') return resource;
  return openFrozen(campaign, world, { ...readingOptions(campaign, { live, resource }, world), rows });
}

type Compiled = (CompiledResource & { readonly kind: 'compiled' }) | undefined;

function readingOptions(
  campaign: Campaign,
  { live, resource }: { readonly live: Live | undefined; readonly resource: Compiled },
  world: Pick<World, 'providers'>,
): RecipientsOptions {
  const { provider, account } = accountOf(campaign, world);
  const fields = campaign.resource.fields ?? live?.fields;
  return {
    sent: sentNames(campaign, { provider, account }, live),
    hasPlaceholder: (text) => provider.hasPlaceholder(text, fields ?? {}),
    checkCall: (call) => account.calls.checkCall(call, fields),
    ...(resource === undefined ? {} : { resource: resource.tree }),
  };
}

function namesIn(resource: Compiled): readonly string[] {
  if (resource === undefined) return [];
  return [...new Set(templatesIn(resource.tree).flatMap(({ uses }) => uses))];
}

/** A live object that is only used may ask for what no column brings. */
function notBrought(
  { resource, variables, recipients }: Campaign,
  columns: readonly string[],
  sent: readonly string[],
): readonly Diagnostic[] {
  if (resource.fields !== undefined) return [];
  const known = [...columns, ...Object.keys(variables), ...Object.keys(recipients.variables)];
  return sent
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return {
        code: 'NAME_UNKNOWN',
        args: { name, known, ...(meant === undefined ? {} : { meant }) },
        at: resource.at,
      };
    });
}
