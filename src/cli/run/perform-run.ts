/**
 * `run`, whole: load, look, compare, ask, apply, claim, call. Everything that can refuse does so before the first write to
 * the provider; from the approval on the address is held, so nobody else can call the same people meanwhile.
 */
import { join } from 'node:path';
import { applyActions } from '../../apply/apply-actions.ts';
import type { Observed } from '../../apply/observe.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import { recipientTag } from '../../model/reference.ts';
import type { Recipient } from '../../model/recipient.ts';
import type { World } from '../../ports.ts';
import type { OpenRecipients } from '../../input/load-recipients.ts';
import { writeRejects } from '../../input/rejects.ts';
import { manifestFolder } from '../../ledger/manifest.ts';
import { holdLease, type HeldLease } from '../../run/lease.ts';
import type { Report as News, RunOptions } from '../../run/context.ts';
import type { Comparison, Store, WaveState } from '../../store/contract.ts';
import { count, countOf } from '../../report/quantity.ts';
import { sayConflict } from '../../report/conflict.ts';
import { remoteFailure } from '../failure.ts';
import { Halt } from '../halt.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import { repositoryPath } from '../repository-path.ts';
import { listFindings } from '../read-recipients.ts';
import { accountOf, openCampaignRecipients, sentNames } from '../recipients.ts';
import { approve } from './approve.ts';
import { carryWave, type Carried } from './carry-wave.ts';
import { checkAddress } from './check-address.ts';
import { claim } from './claim.ts';
import { Findings } from './findings-error.ts';
import { interruptions } from './interruptions.ts';
import { suppressionOf, validOf } from './read-list.ts';

export type RunRequest = {
  readonly campaign: Campaign;
  readonly store: Store;
  /** Apply what differs first. */
  readonly apply: boolean;
  readonly approved: number | undefined;
  readonly takeOver: boolean;
  readonly nobodyCalled: boolean;
  readonly newAddress: boolean;
  /** The store is this run's own: nobody else can hold the address. */
  readonly alone: boolean;
  readonly options: RunOptions;
};

/** How a run speaks while it works. */
export type RunVoice = {
  /** A line that stays. */
  readonly say: (line: string) => void;
  readonly news: (news: News) => void;
  /** Shown before the question: what would change and who would be called. */
  readonly show: (before: BeforeRun) => void;
};

export type BeforeRun = {
  readonly campaign: Campaign;
  readonly observed: Seen;
  readonly comparison: Comparison;
  readonly summary: ReturnType<OpenRecipients['summary']>;
  readonly wave: WaveState | undefined;
  /** Zones of the recipients, most common first; none where the campaign says none. */
  readonly zones: readonly string[];
};

type Seen = Observed & { readonly kind: 'observed' };

/** @throws Halt, Findings and the errors of the world */
export async function performRun(request: RunRequest, world: World, voice: RunVoice): Promise<Carried> {
  const { campaign, store } = request;
  const address = printAddress(campaign.address);
  const signals = interruptions(world, voice.say);
  const deps = { ...world, store, note: voice.say, signal: signals.drain, alone: request.alone };
  try {
    const file = await repositoryPath(campaign.path, world.files);
    await checkAddress(campaign, file, { store, newAddress: request.newAddress });
    const held = await holdLease(address, 'run', deps);
    if (held.kind === 'busy') throw heldBy(address, held.holder);
    try {
      return await underLease({ ...request, file }, { world, voice, signals, lease: held.lease });
    } finally {
      await held.lease.release();
    }
  } finally {
    signals.stop();
  }
}

type Session = {
  readonly world: World;
  readonly voice: RunVoice;
  readonly signals: ReturnType<typeof interruptions>;
  readonly lease: HeldLease;
};

async function underLease(request: RunRequest & { readonly file: string }, session: Session): Promise<Carried> {
  const { campaign, store } = request;
  const { world, voice, signals } = session;
  const observed = await look(request, session);
  const list = await openCampaignRecipients(campaign, world, observed.live);
  if (list.kind === 'failed') throw new Findings(list.diagnostics);
  const wave = await store.wave(printAddress(campaign.address), campaign.wave);
  const { comparison, zones } = await compare(request, list, wave, session);
  voice.show({ campaign, observed, comparison, summary: list.summary(), wave, zones });
  const people = wave?.tripped === undefined ? comparison.fresh + comparison.pending : 0;
  const approval = await approve(people, request.approved, world, signals.drain);
  if (approval.kind === 'refused') throw new Halt('refused', approval.why, approval.next);
  const applied = await applyPlanned(request, observed, session);
  const claimed = await claim(request, { target: observed.target, id: applied, signal: signals.drain });
  const { account } = observed.target;
  const sent = sentNames(campaign, account, claimed.live) ?? [];
  const again = await openCampaignRecipients(campaign, world, claimed.live);
  if (again.kind === 'failed') throw new Findings(again.diagnostics);
  checkBrought(campaign, again.columns, sent);
  return carryWave(
    {
      target: observed.target,
      live: claimed.live,
      store,
      lease: session.lease,
      sent,
      recipients: () => validOf(again),
      recipientsDigest: () => list.summary().digest,
      suppression: suppressionOf(campaign, again.suppression, world),
      approved: wave?.tripped === undefined ? approval.people : Number.MAX_SAFE_INTEGER,
      objection: (found) => objectionTo(campaign, again, found),
      newToAddress: claimed.newToAddress,
      ...(claimed.takeOver === undefined ? {} : { takeOver: claimed.takeOver }),
      nobodyCalled: request.nobodyCalled,
      options: request.options,
      signals,
      news: voice.news,
    },
    world,
  );
}

/** What is live; a resource that differs stops the run unless it is to be applied. */
async function look(request: RunRequest, { world, signals }: Session): Promise<Seen> {
  const { campaign, store } = request;
  const [observed] = await observeCampaigns([campaign], { access: 'write', store, signal: signals.drain }, world);
  if (observed === undefined || observed.kind === 'unreachable') {
    const failure = observed === undefined ? undefined : remoteFailure(observed.error);
    throw new Halt(failure?.ending ?? 'environment', failure?.message ?? 'nothing was seen', failure?.next ?? []);
  }
  if (observed.planned.kind === 'conflict') {
    const { message, help } = sayConflict(observed.planned.conflict);
    throw new Halt('conflict', message, [help]);
  }
  if (observed.planned.action.kind !== 'keep' && !request.apply) {
    throw new Halt(
      'conflict',
      `the ${campaign.resource.noun} of ${printAddress(campaign.address)} is not as the file says; nobody was called`,
      [
        `callplan plan ${campaign.file} shows the difference`,
        'callplan apply makes it match; or add --apply to this run',
      ],
    );
  }
  return observed;
}

type Compared = { readonly comparison: Comparison; readonly zones: readonly string[] };

async function compare(
  request: RunRequest,
  list: OpenRecipients,
  wave: WaveState | undefined,
  { world, voice }: Session,
): Promise<Compared> {
  const { campaign, store } = request;
  const zones = new Map<string, number>();
  const comparison = await store.compare(wave?.waveId, countingZones(validOf(list), zones), {
    callEach: campaign.recipients.samePhone === 'call_each',
    tagOf: (key) => recipientTag(campaign.address, campaign.wave, key),
  });
  const findings = listFindings(list.summary(), campaign);
  if (!request.alone) await keepRejects(campaign, list, world, voice);
  if (findings.length > 0) throw new Findings(findings, list.summary());
  const limit = campaign.guards.maxNewRecipients;
  if (limit !== undefined && comparison.fresh > limit) {
    throw new Findings([
      { code: 'GUARD_RECIPIENTS', args: { guard: 'max_new_recipients', limit, found: comparison.fresh } },
    ]);
  }
  const common = [...zones].toSorted(([, a], [, b]) => b - a).map(([zone]) => zone);
  return { comparison, zones: common };
}

/** All rows that cannot be called, with their reasons, beside the manifest: readable by the owner only. */
async function keepRejects(campaign: Campaign, list: OpenRecipients, world: World, voice: RunVoice): Promise<void> {
  const { rejected } = list.summary();
  if (rejected.size === 0) return;
  const path = `${manifestFolder(campaign.address, campaign.wave)}/rejects.csv`;
  const rows = { columns: list.allColumns, rows: list.read() };
  const { written } = await writeRejects(join(world.cwd, path), rows, world.files);
  voice.say(`${countOf(written, 'row')} cannot be called; they are in ${path}`);
}

async function* countingZones(
  batches: AsyncIterable<readonly Recipient[]>,
  zones: Map<string, number>,
): AsyncGenerator<readonly Recipient[]> {
  for await (const batch of batches) {
    for (const { zone } of batch) if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
    yield batch;
  }
}

/** The list is read again to be enrolled: what it says then counts. */
function objectionTo(
  campaign: Campaign,
  list: OpenRecipients,
  comparison: Comparison,
): { readonly exit: 3 | 5; readonly why: string } | undefined {
  const [finding] = listFindings(list.summary(), campaign);
  if (finding !== undefined) {
    return {
      exit: finding.code === 'GUARD_RECIPIENTS' ? 5 : 3,
      why: 'the list of recipients changed while it was read',
    };
  }
  const limit = campaign.guards.maxNewRecipients;
  if (limit === undefined || comparison.fresh <= limit) return undefined;
  return { exit: 5, why: `${count(comparison.fresh)} recipients are new, max_new_recipients is ${count(limit)}` };
}

async function applyPlanned(
  request: RunRequest & { readonly file: string },
  observed: Seen,
  { world, voice, signals, lease }: Session,
): Promise<string> {
  if (observed.planned.kind !== 'action') throw new Halt('conflict', 'nothing is planned');
  const { action } = observed.planned;
  const work = [{ target: observed.target, action, fence: lease.fence, file: request.file }];
  const [applied] = await applyActions(work, {
    store: request.store,
    clock: world.clock,
    signal: signals.drain,
    waiting: (ms) => voice.say(`waiting ${String(Math.ceil(ms / 1000))} s for the provider's listing to settle`),
  });
  if (applied !== undefined && 'id' in applied && applied.kind !== 'not_persisted') return applied.id;
  const why = applied === undefined ? 'nothing was applied' : appliedWords(applied);
  const ending = applied?.kind === 'stale' ? 'conflict' : 'unsettled';
  const isRefused = applied?.kind === 'failed' && applied.error === 'unauthorized';
  throw new Halt(isRefused ? 'environment' : ending, `${why}; nobody was called`, [
    `callplan plan ${request.campaign.file}`,
  ]);
}

function appliedWords(applied: Awaited<ReturnType<typeof applyActions>>[number]): string {
  switch (applied.kind) {
    case 'failed':
      return applied.message;
    case 'stale':
      return 'the resource changed while this run looked at it';
    case 'not_persisted':
      return `the provider did not keep ${applied.paths.join(', ')}`;
    case 'not_tried':
      return 'the resource was not applied';
    case 'created':
    case 'updated':
    case 'adopted':
    case 'kept':
      return 'the resource was applied';
  }
}

/** A live object that is only used may ask for what no column brings. */
function checkBrought(campaign: Campaign, columns: readonly string[], sent: readonly string[]): void {
  const known = new Set([
    ...columns,
    ...Object.keys(campaign.variables),
    ...Object.keys(campaign.recipients.variables),
  ]);
  const missing = sent.filter((name) => !known.has(name));
  if (missing.length === 0) return;
  throw new Halt(
    'invalid',
    `the live ${campaign.resource.noun} asks for ${missing.join(', ')}, which no column and no variable brings`,
    ['add a column or an entry in recipients.variables with that name'],
  );
}

function heldBy(
  address: string,
  holder: { readonly pid: number; readonly hostname: string; readonly command: string },
): Halt {
  return new Halt(
    'held',
    `${address} is held by "${holder.command}", process ${String(holder.pid)} on ${holder.hostname}`,
    ['wait for it to end; callplan status shows how far it is'],
  );
}

/** The provider and account, for what happens before anything is observed. */
export function originsOf(campaign: Campaign): readonly string[] {
  return accountOf(campaign).account.origins;
}
