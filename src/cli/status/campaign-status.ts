import type { Observed } from '../../apply/observe.ts';
import type { Attempt } from '../../model/attempt.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import { isTestWave } from '../../model/test-wave.ts';
import { maskText } from '../../report/mask-values.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import type { CampaignStatus, Person, WaveProgress } from '../../report/status-report.ts';
import { liveHolder } from '../../run/live-holder.ts';
import { unknownStatuses } from '../../run/unknown-statuses.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { shownPath } from '../shown-path.ts';
import { stopReport } from '../stop-report.ts';
import { campaignHead, campaignOf } from '../plan/campaign-head.ts';
import { accountOf } from '../account-of.ts';
import { resourcePlan } from '../plan/resource-plan.ts';
import { isoTime } from '../iso-time.ts';
import { waitReasons, waitingPerson } from './waiting.ts';
import type { World } from '../world.ts';
import { shownTrip } from '../shown-trip.ts';
import { zoneOf } from '../zone-of.ts';

type StatusOptions = {
  readonly show: boolean;
  /** Everybody who waits is listed, not only the first. */
  readonly all: boolean;
  readonly world: Pick<World, 'host' | 'clock' | 'cwd' | 'providers'>;
};

type Standing = StatusOptions & {
  readonly campaign: Campaign;
  /** The campaign's, in which times are told. */
  readonly zone: string;
};

/** How one campaign stands: what was seen of its resource, and what the store knows of its waves. */
export async function campaignStatus(
  observed: Observed,
  store: ReadStore | undefined,
  options: StatusOptions,
): Promise<CampaignStatus> {
  const campaign = campaignOf(observed);
  const address = printAddress(campaign.address);
  const resource = resourcePlan(observed);
  const { file, wave, provider } = campaignHead(observed, resource, options.world);
  const waves = (await store?.waves(address)) ?? [];
  const state = await store?.wave(address, campaign.wave);
  const zone = zoneOf(campaign);
  return {
    address,
    file,
    wave,
    provider,
    resource,
    store: store === undefined ? null : shownPath(store.path, options.world.cwd),
    progress:
      store === undefined || state === undefined
        ? null
        : await waveProgress(store, state, { ...options, campaign, zone }),
    holder: await holderOf(campaign, { store, state, zone }, options.world.host),
    other_waves: waves
      .filter((other) => other.wave !== campaign.wave && !isTestWave(other.wave))
      .map((other) => ({
        wave: other.wave,
        parent: other.state.parent ?? null,
        recipients: other.counts.recipients,
        states: other.counts.states,
      })),
  };
}

/** People listed one by one, unless all are asked for. */
const fewWaiting = 10;

async function waveProgress(store: ReadStore, state: WaveState, standing: Standing): Promise<WaveProgress> {
  const { campaign, zone, show, all, world } = standing;
  const nowMs = world.clock.now();
  const counts = await store.counts(state.waveId, nowMs);
  const { recipients, states, outcomes, replies, waits, skips, attempts, seconds } = counts;
  const dueMs = await store.nextDueMs(state.waveId, ['pending', 'open']);
  const list = (await store.runs(state.waveId)).at(-1)?.list;
  const nextMs = dueMs === undefined ? undefined : Math.max(dueMs, nowMs);
  const told = { campaign, zone, nowMs, show };
  const waiting = await store.unfinished(state.waveId, all ? Number.MAX_SAFE_INTEGER : fewWaiting);
  const open = await store.openStatuses(state.waveId);
  const { account } = accountOf(campaign, world);
  const doubtful = await store.openAttempts(state.waveId, ['intent', 'in_doubt', 'unresolved']);
  const people = doubtful.map((attempt) => ({ attempt, person: personOf(attempt, { show, zone }) }));
  return {
    recipients,
    parent: state.parent ?? null,
    list: list === undefined ? null : shownPath(list, world.cwd),
    states,
    outcomes,
    replies,
    waits,
    skips,
    attempts,
    seconds,
    next_at: nextMs === undefined ? null : isoTime(nextMs, zone),
    next_in_seconds: nextMs === undefined ? null : Math.ceil((nextMs - nowMs) / 1000),
    unknown_statuses: unknownStatuses(open, { ...account, ...campaign }, nowMs),
    tripped: state.tripped === undefined ? null : shownTrip(state.tripped, { zone, show }),
    stopped: stopReport(state.stopped, campaign),
    reasons: waitReasons(await store.waitGroups(state.waveId), told),
    waiting: waiting.map((one) => waitingPerson(one, told)),
    in_doubt: people.filter(({ attempt }) => attempt.state.kind !== 'unresolved').map(({ person }) => person),
    unresolved: people.filter(({ attempt }) => attempt.state.kind === 'unresolved').map(({ person }) => person),
  };
}

function personOf(
  { key, phone, n, intentMs, state }: Attempt,
  { show, zone }: Pick<Standing, 'show' | 'zone'>,
): Person {
  return {
    id: show ? key : maskText(key, [phone]),
    phone: maskPhone(phone, { show }),
    attempt: n,
    since: isoTime(intentMs, zone),
    reason: reasonOf(state),
  };
}

function reasonOf(state: Attempt['state']): string {
  switch (state.kind) {
    case 'in_doubt':
      return state.why;
    case 'unresolved':
    case 'rejected':
    case 'voided':
      return state.reason;
    case 'intent':
      return 'its request may have gone out';
    case 'accepted':
    case 'ended':
      return '';
  }
}

async function holderOf(
  campaign: Campaign,
  known: { readonly store: ReadStore | undefined; readonly state: WaveState | undefined; readonly zone: string },
  host: World['host'],
): Promise<CampaignStatus['holder']> {
  const { store, state, zone } = known;
  const holder = store === undefined ? undefined : await liveHolder(store, printAddress(campaign.address), host);
  if (holder === undefined) return null;
  const run = state === undefined ? undefined : (await store?.runs(state.waveId))?.at(-1);
  const { hostname, pid, command } = holder;
  // A run that was killed ended as well, and nobody wrote it down.
  const isUnderWay = holder.wave === campaign.wave && run !== undefined && run.endedMs === undefined;
  return { hostname, pid, command, since: isUnderWay ? isoTime(run.startedMs, zone) : null };
}
