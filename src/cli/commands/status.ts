import type { Campaign } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { namingSteps } from '../../report/count-words.ts';
import { renderStatus } from '../../report/render-status.ts';
import type { CampaignStatus, StatusReport } from '../../report/status-report.ts';
import { openSqliteToRead } from '../../store/sqlite/open.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { endingsOf, hasErrors } from '../findings.ts';
import { interruptible } from '../interruptible.ts';
import { load } from '../load.ts';
import { followed, namedPath, nextCommand } from '../next-command.ts';
import { allOption, showNumbersOption, storeOption } from '../options.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import { nothingPlanned, troubleEndings } from '../plan/summarize.ts';
import type { Report } from '../report.ts';
import { campaignStatus } from '../status/campaign-status.ts';
import { afterAll, isOver, rerunAgain } from '../run/go-on.ts';
import { resolveStore } from '../store.ts';
import type { World } from '../world.ts';

/** Shows how campaigns stand; only reads, and without secrets or network at least what the store knows. */
export async function status(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  const { diagnostics, texts, campaigns } = loaded;
  const files = campaigns.map(({ path }) => path);
  const path = await resolveStore({ named: invoked.option(storeOption), files }, world);
  const store = hasErrors(diagnostics) ? undefined : await openSqliteToRead(path);
  try {
    return await interruptible(world, async (signal) => {
      const usable = hasErrors(diagnostics) ? [] : campaigns;
      const seen = await observeCampaigns(usable, { access: 'read', store, signal }, world);
      const options = { show: invoked.option(showNumbersOption), all: invoked.option(allOption), world };
      const stands: CampaignStatus[] = [];
      for (const observed of seen) stands.push(await campaignStatus(observed, store, options));
      const report: StatusReport = { tool_version: version, campaigns: stands, diagnostics: diagnostics.map(finding) };
      return {
        endings: [...endingsOf(diagnostics), ...troubleEndings(seen, nothingPlanned), ...stands.flatMap(unsettled)],
        kind: 'status',
        data: report,
        text: (view) =>
          joinParts([
            stands.length === 0 ? '' : renderStatus(report, view),
            renderDiagnostics(diagnostics, texts, view),
          ]),
        next: nextOf(report, invoked, await onwardOf(campaigns, report, { invoked, world })),
      };
    });
  } finally {
    await store?.close();
  }
}

function unsettled({ progress }: CampaignStatus): readonly Ending[] {
  return progress !== null && progress.unresolved.length > 0 ? ['unsettled'] : [];
}

/** What only the files and the store tell of going on with a wave. */
type Onward = {
  /** The command that goes on with a wave that repeats another. */
  readonly rerun?: string;
  /** Where everybody has a final outcome. */
  readonly afterAll: readonly string[];
};

/** By file. */
async function onwardOf(
  campaigns: readonly Campaign[],
  { campaigns: stands }: StatusReport,
  { invoked, world }: { readonly invoked: Invocation; readonly world: World },
): Promise<ReadonlyMap<string, Onward>> {
  const onward = new Map<string, Onward>();
  for (const { address, file, path, wave } of campaigns) {
    const { progress } = stands.find((stand) => stand.file === file) ?? {};
    if (progress === undefined || progress === null) continue;
    const here = { ...world, follow: followed({ ...invoked, args: namedPath(invoked, file, campaigns.length) }) };
    const rerun = progress.parent === null ? undefined : await rerunAgain({ address, path }, progress.parent, here);
    const over =
      campaigns.length === 1 && progress.stopped === null && isOver(progress)
        ? await afterAll({ address, path, wave }, progress, here)
        : [];
    onward.set(file, { ...(rerun === undefined ? {} : { rerun }), afterAll: over });
  }
  return onward;
}

function nextOf(
  { campaigns, diagnostics }: StatusReport,
  invoked: Invocation,
  onward: ReadonlyMap<string, Onward>,
): readonly string[] {
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return [`callplan explain ${error.code}`];
  const steps = campaigns.flatMap((campaign) =>
    stepsFor(campaign, { campaigns: campaigns.length, invoked, onward: onward.get(campaign.file) }),
  );
  return steps.length > 0 ? steps.slice(0, 5) : [nextCommand('plan', invoked)];
}

function stepsFor(
  { file, resource, progress, holder }: CampaignStatus,
  {
    campaigns,
    invoked,
    onward,
  }: { readonly campaigns: number; readonly invoked: Invocation; readonly onward: Onward | undefined },
): readonly string[] {
  const path = namedPath(invoked, file, campaigns);
  if (holder !== null) return [`wait for the ${holder.command} to end; then ${nextCommand('status', invoked, path)}`];
  const differs = ['create', 'adopt', 'update', 'replace'].includes(resource.action);
  const unresolved = (progress?.unresolved ?? []).length;
  const goOn = onward?.rerun ?? nextCommand('run', invoked, path, listOf(progress?.list));
  return [
    ...(differs ? [nextCommand('apply', invoked, path)] : []),
    ...namingSteps(progress?.unknown_statuses ?? [], file),
    ...(unresolved > 0 ? [nextCommand('resolve', invoked, path, ['--as', 'called'])] : []),
    ...(isResumable(progress) ? [nextCommand('resume', invoked, path)] : []),
    ...(isLeft(progress) && !isResumable(progress) ? [goOn] : []),
    ...(onward?.afterAll ?? []),
  ];
}

/** Whether anybody is still to be called or followed. */
function isLeft(progress: CampaignStatus['progress']): boolean {
  return ['pending', 'intent', 'accepted', 'in_doubt'].some((state) => (progress?.states[state] ?? 0) > 0);
}

/** A run goes on with the list of the run before. */
function listOf(list: string | null | undefined): readonly string[] {
  return list === null || list === undefined ? [] : ['--recipients', list];
}

function isResumable(progress: CampaignStatus['progress']): boolean {
  if (progress === null || progress.stopped?.kind === 'cancelled') return false;
  return progress.tripped !== null || progress.stopped !== null;
}
