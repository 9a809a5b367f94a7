import { join } from 'node:path';
import { courseOf } from '../../ledger/course.ts';
import { openAtOnce } from '../../ledger/open-at-once.ts';
import type { Campaign } from '../../model/campaign.ts';
import { capsOf } from '../../model/caps.ts';
import { countOf } from '../../model/count-of.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderRehearsal } from '../../report/render-rehearsal.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors, together } from '../findings.ts';
import { load } from '../load.ts';
import { followed, nextPlan, type Follow } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import { allSkippedOption, atOption } from '../rehearse/options.ts';
import { rehearsalOf, type Rehearsed } from '../rehearse/rehearsal-of.ts';
import { stage } from '../rehearse/stage.ts';
import { startOf } from '../rehearse/start.ts';
import { withClock } from '../rehearse/with-clock.ts';
import type { Report } from '../report.ts';
import { Findings } from '../run/findings-error.ts';
import { listReport } from '../run/list-report.ts';
import { performRun } from '../run/perform-run.ts';
import type { RunVoice } from '../run/run-request.ts';
import { seedOption } from '../sandbox-options.ts';
import { textsFor } from '../texts.ts';
import type { World } from '../world.ts';

const usualSeed = 1;
const minuteMs = 60_000;
/** So many of those who are skipped for one reason are named. */
const firstPeople = 3;

/** Plans, applies and runs against the embedded sandbox under a clock that jumps, in a store that is thrown away. */
export async function rehearse(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'allowed' });
  if (hasErrors(loaded.diagnostics)) return findingsReport(loaded.diagnostics, loaded.texts);
  const campaign = withSecrets(onlyCampaign('rehearse', loaded.campaigns));
  const follow = followed(invoked);
  const scratch = await world.scratch();
  try {
    const list = await openCampaignRecipients(campaign, { ...world, reach: undefined });
    if (list.kind === 'failed') return await listReport(list, loaded, invoked, world);
    const diagnostics = together(loaded.diagnostics, list.unread);
    const texts = await textsFor(diagnostics, loaded.texts, world);
    const at = invoked.option(atOption);
    const start = at === undefined ? await startOf(list, world.clock.now()) : { startMs: at, isPast: false };
    const options = { startMs: start.startMs, seed: invoked.option(seedOption) ?? usualSeed, folder: scratch.path };
    const isAll = invoked.option(allSkippedOption);
    const most = isAll ? Number.POSITIVE_INFINITY : firstPeople;
    const staged = stage(campaign, options, world);
    const rehearsed = await withClock(campaign, { world, staged }, () => perform(campaign, { follow, most }, staged));
    const unknown = rehearsed.performed.carried.counts.outcomes.unknown ?? 0;
    const notes = notesOf(campaign, { isPast: start.isPast, missing: loaded.missingSecrets, unknown });
    const rejects = follow('validate', ['--rejects', 'rejects.csv']);
    const all = follow('rehearse', [...sameAgain(invoked), '--all']);
    const rehearsal = rehearsalOf(campaign, rehearsed, { notes, diagnostics, rejects, all });
    return {
      endings: rehearsed.performed.carried.endings,
      kind: 'rehearsal',
      data: rehearsal.report,
      text: (view) => joinParts([renderDiagnostics(diagnostics, texts, view), renderRehearsal(rehearsal, view)]),
      next: [nextPlan(invoked, loaded.environments)],
    };
  } catch (error) {
    if (error instanceof Findings) return await listReport(error, loaded, invoked, world);
    throw error;
  } finally {
    await scratch.remove();
  }
}

const silent: RunVoice = { say: () => undefined, news: () => undefined, show: () => undefined };

async function perform(
  campaign: Campaign,
  { follow, most }: { readonly follow: Follow; readonly most: number },
  world: World,
): Promise<Rehearsed> {
  const path = join(world.cwd, 'rehearsal.db');
  const store = await openSqlite(path, { create: true, random: world.random });
  const beganMs = world.clock.now();
  try {
    const request = {
      campaign,
      store,
      root: world.cwd,
      apply: true,
      allowDeletes: undefined,
      approved: Number.MAX_SAFE_INTEGER,
      takeOver: false,
      nobodyCalled: true,
      naming: { newAddress: true, renamedFrom: undefined },
      alone: true,
      options: { wait: true, unwatched: true } as const,
      follow,
    };
    const performed = await performRun(request, world, silent);
    const endedMs = world.clock.now();
    const { waveId } = performed.carried;
    const canary = campaign.execution.canary?.calls;
    const course = await courseOf(store.results(waveId), { most, ...(canary === undefined ? {} : { canary }) });
    const busyMs = course.busiest?.startMs;
    const open = busyMs === undefined ? 0 : await openAtOnce(store.results(waveId), busyMs, busyMs + minuteMs);
    return { performed, beganMs, endedMs, course, open };
  } finally {
    await store.close();
  }
}

/** The options that make a rehearsal the same one. */
function sameAgain(invoked: Invocation): readonly string[] {
  const at = invoked.option(atOption);
  const seed = invoked.option(seedOption);
  return [
    ...(at === undefined ? [] : ['--at', new Date(at).toISOString().replace('.000Z', 'Z')]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
}

/** The sandbox takes any key; a database without its address stays unread. */
function withSecrets(campaign: Campaign): Campaign {
  const { sources, suppress } = campaign.recipients;
  const databases = [...sources, ...suppress].flatMap((one) => (one.kind === 'sql' ? [one.database] : []));
  const secrets = new Map(
    [...campaign.secrets].map(([written, value]) => [
      written,
      databases.includes(written) ? value : (value ?? 'rehearsal'),
    ]),
  );
  return { ...campaign, secrets };
}

type Noted = { readonly isPast: boolean; readonly missing: readonly string[]; readonly unknown: number };

function notesOf({ execution }: Campaign, { isPast, missing, unknown }: Noted): readonly string[] {
  const past = 'every row is past its not_after today, so the clock begins a day before the first; --at sets it';
  const empty = 'begins with an empty store: earlier calls, which per_person counts, are not known to it';
  const untold = `${countOf(unknown, 'call')} ended as unknown, which is never tried again: in provider.statuses the file says what the words of your provider mean`;
  return [
    ...(isPast ? [past] : []),
    ...(capsOf(execution).length === 0 ? [] : [empty]),
    ...(unknown === 0 ? [] : [untold]),
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} not set: a rehearsal needs no secret, plan and run do`]),
  ];
}
