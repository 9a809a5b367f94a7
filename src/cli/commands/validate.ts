import { resolve } from 'node:path';
import { writeRejects } from '../../input/rejects.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { renderValidation } from '../../report/render-validation.ts';
import { joinParts } from '../../report/join-parts.ts';
import type { CampaignValidation, ValidationReport } from '../../report/validation-report.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { endingsOf, together } from '../findings.ts';
import { load } from '../load.ts';
import { namedPath, nextCommand, nextPlan } from '../next-command.ts';
import { rejectsOption } from '../options.ts';
import { listFindings } from '../list-findings.ts';
import { recipientsValidation } from '../recipients-validation.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import type { Report } from '../report.ts';
import { textsFor } from '../texts.ts';
import { UsageError } from '../usage-error.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** Checks files, templates and local recipients; asks nobody and writes nothing but the rejects that were asked for. */
export async function validate(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'allowed' });
  const rejects = invoked.option(rejectsOption);
  if (rejects !== undefined && loaded.campaigns.length > 1) {
    throw new UsageError('--rejects takes the rows of one campaign', 'Name one campaign file');
  }
  const checked: Checked[] = [];
  for (const campaign of loaded.campaigns) checked.push(await check(campaign, rejects, world));
  const diagnostics = together(loaded.diagnostics, ...checked.map((one) => one.diagnostics));
  const texts = await textsFor(diagnostics, loaded.texts, world);
  const findings = diagnostics.map(finding);
  const report: ValidationReport = {
    tool_version: version,
    campaigns: checked.map(({ validation }) => validation),
    missing_secrets: loaded.missingSecrets,
    summary: {
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
      notes: findings.filter(({ severity }) => severity === 'note').length,
    },
    diagnostics: findings,
  };
  return {
    endings: endingsOf(diagnostics),
    kind: 'validation',
    data: report,
    text: (view) => joinParts([renderDiagnostics(diagnostics, texts, view), renderValidation(report, view)]),
    next: nextOf(report, loaded.environments, invoked),
  };
}

type Checked = { readonly validation: CampaignValidation; readonly diagnostics: readonly Diagnostic[] };

async function check(campaign: Campaign, rejects: string | undefined, world: World): Promise<Checked> {
  const head = { ...waveHead(campaign), provider: campaign.provider.type };
  const opened = await openCampaignRecipients(campaign, { ...world, reach: undefined });
  if (opened.kind === 'failed') return { validation: { ...head, recipients: null }, diagnostics: opened.diagnostics };
  const rows = opened.read();
  if (rejects === undefined) await drain(rows);
  else await writeRejects(resolve(world.cwd, rejects), { columns: opened.allColumns, rows }, world.files);
  const summary = opened.summary();
  const recipients = recipientsValidation(summary, campaign);
  return { validation: { ...head, recipients }, diagnostics: [...listFindings(summary, campaign), ...opened.unread] };
}

async function drain(rows: AsyncIterable<unknown>): Promise<void> {
  const reader = rows[Symbol.asyncIterator]();
  while ((await reader.next()).done !== true);
}

function nextOf(
  { campaigns, diagnostics }: ValidationReport,
  environments: readonly string[],
  invoked: Invocation,
): readonly string[] {
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  if (first !== undefined) return [`callplan explain ${first.code}`];
  const plan = nextPlan(invoked, environments);
  const [only, ...others] = campaigns;
  if (only === undefined || others.length > 0) return [plan];
  const path = namedPath(invoked, only.file, campaigns.length);
  const hidden = (only.recipients?.invalid.rows ?? 0) - (only.recipients?.first_invalid.length ?? 0);
  return [
    nextCommand('preview', invoked, path),
    ...(hidden > 0 ? [nextCommand('validate', invoked, path, ['--rejects', 'rejects.csv'])] : []),
    plan,
  ];
}
