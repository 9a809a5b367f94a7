import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Recipient, RejectedRow } from '../../model/recipient.ts';
import { callingWords } from '../../report/calling-rows.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import { maskText, maskValue } from '../../report/mask-values.ts';
import { joinParts } from '../../report/join-parts.ts';
import type { PreviewReport } from '../../report/preview-report.ts';
import { renderPreview } from '../../report/render-preview.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors, together } from '../findings.ts';
import { load } from '../load.ts';
import { nextCommand, nextPlan } from '../next-command.ts';
import { previewLimitOption, showNumbersOption } from '../options.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { placingRequests, saidTo } from '../preview/preview-calls.ts';
import { invalidRow } from '../recipients-validation.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import type { Report } from '../report.ts';
import { textsFor } from '../texts.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';
import { spoken } from '../../report/spoken.ts';

const usualLimit = 3;

/** Shows what the first recipients would be sent; asks nobody. */
export async function preview(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'allowed' });
  if (hasErrors(loaded.diagnostics)) return findingsReport(loaded.diagnostics, loaded.texts);
  const campaign = onlyCampaign('preview', loaded.campaigns);
  const opened = await openCampaignRecipients(campaign, { ...world, reach: undefined });
  if (opened.kind === 'failed') {
    const diagnostics = together(loaded.diagnostics, opened.diagnostics);
    return findingsReport(diagnostics, await textsFor(diagnostics, loaded.texts, world), {
      next: [nextCommand('validate', invoked)],
    });
  }
  const first = await readFirst(opened, invoked.option(previewLimitOption) ?? usualLimit);
  const diagnostics = together(loaded.diagnostics, opened.unread);
  const texts = await textsFor(diagnostics, loaded.texts, world);
  const report = reportOf(campaign, first, { show: invoked.option(showNumbersOption), diagnostics, world });
  return {
    endings: ['done'],
    kind: 'preview',
    data: report,
    text: (view) => joinParts([renderPreview(report, view), renderDiagnostics(diagnostics, texts, view)]),
    next: [nextPlan(invoked, loaded.environments)],
  };
}

type First = { readonly recipients: readonly Recipient[]; readonly rejected: readonly RejectedRow[] };

/** Reads no further than it has to. */
async function readFirst(list: OpenRecipients, limit: number): Promise<First> {
  const recipients: Recipient[] = [];
  const rejected: RejectedRow[] = [];
  for await (const batch of list.read()) {
    for (const row of batch) {
      if (recipients.length >= limit) return { recipients, rejected };
      if (row.kind === 'recipient') recipients.push(row.recipient);
      if (row.kind === 'rejected') rejected.push(row.rejected);
    }
  }
  return { recipients, rejected };
}

type Showing = {
  readonly show: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly world: Pick<World, 'providers'>;
};

function reportOf(
  campaign: Campaign,
  { recipients, rejected }: First,
  { show, diagnostics, world }: Showing,
): PreviewReport {
  const hidden = show ? [] : recipients.map(({ phone }) => phone);
  const called = recipients.filter(({ suppressed }) => !suppressed);
  return {
    tool_version: version,
    ...waveHead(campaign),
    recipients: recipients.map((recipient) => ({
      id: maskText(recipient.key, hidden),
      phone: maskPhone(recipient.phone, { show }),
      zone: recipient.zone ?? null,
      source: recipient.source.source,
      line: recipient.source.line,
      ...(recipient.source.unit === undefined ? {} : { unit: recipient.source.unit }),
      suppressed: recipient.suppressed,
      texts: Object.fromEntries(
        Object.entries(saidTo(campaign, recipient, world)).map(([field, text]) => [field, maskText(text, hidden)]),
      ),
    })),
    requests: placingRequests(campaign, called, world).map(({ body, ...request }) =>
      body === undefined ? request : { ...request, body: maskValue(body, hidden) },
    ),
    calling: callingWords(campaign.execution),
    notes: campaign.resource.fields === undefined ? [textElsewhere(campaign.resource.noun)] : [],
    invalid: rejected.map(invalidRow),
    diagnostics: diagnostics.map(finding),
  };
}

function textElsewhere(noun: string): string {
  return `The text stands at the provider: the file only names the ${spoken(noun)} by its id. callplan plan looks at it, and at the variables that it asks for.`;
}
