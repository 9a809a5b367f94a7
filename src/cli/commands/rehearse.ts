import { join } from 'node:path';
import type { Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { renderRehearsal, type Rehearsal } from '../../report/rehearsal.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { load } from '../load.ts';
import { openCampaignRecipients } from '../recipients.ts';
import { callsByHour } from '../rehearse/hours.ts';
import { atOption } from '../rehearse/options.ts';
import { stage } from '../rehearse/stage.ts';
import { startOf } from '../rehearse/start.ts';
import type { Report } from '../report.ts';
import { beforeOf } from '../run/before.ts';
import { Findings } from '../run/findings-error.ts';
import { findingsReport } from '../run/findings-report.ts';
import { instant } from '../run/instant.ts';
import { oneCampaign } from '../run/one-campaign.ts';
import { performRun, type BeforeRun } from '../run/perform-run.ts';
import { runSummary } from '../run/run-report.ts';
import { seedOption } from '../sandbox-options.ts';

/** Plans, applies and runs against the embedded sandbox under a clock that jumps, in a store that is thrown away. */
export async function rehearse(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'allowed' });
  if (loaded.diagnostics.length > 0) return findingsReport(loaded, loaded.texts);
  const campaign = withSecrets(oneCampaign(loaded.campaigns, 'rehearse'));
  const scratch = await world.scratch();
  try {
    const list = await openCampaignRecipients(campaign, world);
    if (list.kind === 'failed') return findingsReport(list, loaded.texts);
    const at = invoked.option(atOption);
    const start = at === undefined ? await startOf(list, world.clock.now()) : { startMs: at, isPast: false };
    const options = { startMs: start.startMs, seed: invoked.option(seedOption) ?? 1, folder: scratch.path };
    const notes = notesOf(start.isPast, loaded.missingSecrets);
    return await perform(campaign, notes, stage(campaign, options, world));
  } catch (error) {
    if (error instanceof Findings) return findingsReport(error, loaded.texts);
    throw error;
  } finally {
    await scratch.remove();
  }
}

async function perform(campaign: Campaign, notes: readonly string[], world: World): Promise<Report> {
  const store = await openSqlite(join(world.cwd, 'rehearsal.db'), {
    create: true,
    random: world.random,
    durable: false,
  });
  const beganMs = world.clock.now();
  let before: BeforeRun | undefined;
  const voice = { say: () => undefined, news: () => undefined, show: (shown: BeforeRun) => void (before = shown) };
  try {
    const carried = await performRun(requestOf(campaign, store), world, voice);
    const endedMs = world.clock.now();
    const hours = await callsByHour(store.results(carried.waveId));
    const zone = before?.zones[0] ?? 'UTC';
    const summary = { ...runSummary(campaign, carried), files: [] };
    const shown: Omit<Rehearsal, 'before'> = {
      summary,
      began: instant(beganMs, zone),
      ended: instant(endedMs, zone),
      hours: hours.map(({ startMs, calls }) => ({ hour: instant(startMs, zone).replace(` ${zone}`, ''), calls })),
      notes,
    };
    const first = before;
    return {
      endings: carried.endings,
      kind: 'rehearsal',
      data: {
        ...summary,
        began_at: new Date(beganMs).toISOString(),
        ended_at: new Date(endedMs).toISOString(),
        calls_by_hour: hours.map(({ startMs, calls }) => ({ hour: new Date(startMs).toISOString(), calls })),
        notes,
      },
      text: (view) =>
        first === undefined ? '' : renderRehearsal({ ...shown, before: beforeOf(first, beganMs) }, view),
      next: [`callplan plan ${campaign.file} shows what would change at the provider`],
    };
  } finally {
    await store.close();
  }
}

function requestOf(
  campaign: Campaign,
  store: Awaited<ReturnType<typeof openSqlite>>,
): Parameters<typeof performRun>[0] {
  return {
    campaign,
    store,
    apply: true,
    approved: Number.MAX_SAFE_INTEGER,
    takeOver: false,
    nobodyCalled: true,
    newAddress: true,
    alone: true,
    options: { wait: true },
  };
}

/** The sandbox takes any key. */
function withSecrets(campaign: Campaign): Campaign {
  const secrets = new Map([...campaign.secrets].map(([written, value]) => [written, value ?? 'rehearsal']));
  return { ...campaign, secrets };
}

function notesOf(isPast: boolean, missing: readonly string[]): readonly string[] {
  return [
    ...(isPast
      ? ['every row is past its not_after today, so the clock begins a day before the first; --at sets it']
      : []),
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} is not set; a rehearsal needs no secret`]),
  ];
}
