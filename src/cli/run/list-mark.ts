/** What a list is known by when it is given again, and what is kept of it so that it need not be read. */
import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Campaign } from '../../model/campaign.ts';
import { digest } from '../../model/digest.ts';
import type { Live } from '../../model/plan.ts';
import type { ToldList } from '../../model/told-list.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import { version } from '../../version.ts';
import { accountOf } from '../account-of.ts';
import { sentNames } from '../sent-names.ts';
import type { World } from '../world.ts';

/**
 * Everything that decides which recipients the list gives, and how they are judged: its bytes, the campaign, what they are held
 * against of the resource, the suppressed numbers, and the tool with its own tables. Undefined where it cannot be told but by
 * reading the rows.
 */
export async function fingerprintOf(
  campaign: Campaign,
  list: Pick<OpenRecipients, 'content' | 'suppression'>,
  live: Live | undefined,
  world: Pick<World, 'providers' | 'host'>,
): Promise<string | undefined> {
  // Whom it allows to be called is not a matter of zones and times.
  if (campaign.execution.onlyPhones !== undefined) return undefined;
  // What its module says of a row may change with any file that it reads.
  if (world.providers.own.some(({ provider }) => provider.name === campaign.provider.type)) return undefined;
  const content = await list.content();
  if (content === undefined) return undefined;
  const account = accountOf(campaign, world);
  // Rows are held against what the file declares, but where its resource is only used, or goes along with each call.
  const isSeen = campaign.resource.fields === undefined || account.provider.rendered.length > 0;
  return digest({
    content,
    sources: campaign.recipients.sources,
    definition: campaign.definitionDigest,
    suppression: list.suppression.digest,
    sent: sentNames(campaign, account, live) ?? null,
    fields: (isSeen && live?.fields) || null,
    tool: [version, world.host.runtime],
  });
}

/** What is kept of a list that was read; undefined where it broke off. */
export function toldOf(summary: RecipientsSummary, places: ToldList['places']): ToldList | undefined {
  const { rows, valid, repeated, suppressed, leftOut, rejected, digest: sha256, diagnostics } = summary;
  if (diagnostics.length > 0) return undefined;
  return { rows, valid, repeated, suppressed, leftOut, rejected: [...rejected], digest: sha256, places };
}

/** The summary of a list that need not be read; it shows no rows. */
export function summaryOf(told: ToldList): RecipientsSummary {
  const { rows, valid, repeated, suppressed, leftOut, rejected, digest: sha256 } = told;
  const counts = { rows, valid, repeated, suppressed, leftOut };
  return { ...counts, rejected: new Map(rejected), firstRejected: [], digest: sha256, diagnostics: [] };
}
