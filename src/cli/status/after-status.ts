import type { Campaign } from '../../model/campaign.ts';
import { namingSteps } from '../../report/count-words.ts';
import type { CampaignStatus, StatusReport } from '../../report/status-report.ts';
import type { Invocation } from '../command.ts';
import { isResumable } from '../is-resumable.ts';
import { followed, namedPath, nextCommand } from '../next-command.ts';
import { afterAll, isOver, rerunAgain } from '../run/go-on.ts';
import type { World } from '../world.ts';

/** What to do after a look at how campaigns stand: five steps at most, those of the first campaigns first. */
export async function afterStatus(
  report: StatusReport,
  campaigns: readonly Campaign[],
  { invoked, world }: { readonly invoked: Invocation; readonly world: World },
): Promise<readonly string[]> {
  const { diagnostics, campaigns: stands } = report;
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return [`callplan explain ${error.code}`];
  const onward = await onwardOf(campaigns, report, { invoked, world });
  const steps = stands.flatMap((stand) =>
    stepsFor(stand, { campaigns: stands.length, invoked, onward: onward.get(stand.file) }),
  );
  return steps.length > 0 ? steps.slice(0, 5) : [nextCommand('plan', invoked)];
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
  const mayResume = progress !== null && isResumable(progress);
  const goOn = onward?.rerun ?? nextCommand('run', invoked, path, listOf(progress?.list));
  return [
    ...(differs ? [nextCommand('apply', invoked, path)] : []),
    ...namingSteps(progress?.unknown_statuses ?? [], file),
    ...(unresolved > 0 ? [nextCommand('resolve', invoked, path, ['--as', 'called'])] : []),
    ...(mayResume ? [nextCommand('resume', invoked, path)] : []),
    ...(isLeft(progress) && !mayResume ? [goOn] : []),
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
