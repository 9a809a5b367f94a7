/**
 * `run`, whole: look, compare, ask, apply, claim, call. Everything that can refuse does so before the first write to the
 * provider; the address is held from the first look on, so nobody else can call the same people meanwhile.
 */
import { dirname } from 'node:path';
import { printAddress } from '../../model/campaign.ts';
import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Live } from '../../model/plan.ts';
import type { Interruption } from '../../ports.ts';
import { zonesOfRecipients } from '../../input/zones-of.ts';
import { holdLease } from '../../run/lease.ts';
import type { Webhook } from '../../run/webhook.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import { interruptedEnding } from '../interrupted-ending.ts';
import { holdingWorld } from '../holding-world.ts';
import { repositoryPath } from '../repository-path.ts';
import { accountOf } from '../account-of.ts';
import { renderedResource, sentNames } from '../sent-names.ts';
import { applyPlanned, checkKept } from './apply-planned.ts';
import { approve } from './approve.ts';
import { isStopped } from './before.ts';
import { carryWave, type Carried } from './carry-wave.ts';
import type { ReadyWave } from './ready-wave.ts';
import { checkAddress } from './check-address.ts';
import { checkParent } from './check-parent.ts';
import { checkUnchanged } from './check-unchanged.ts';
import { claim } from './claim.ts';
import { compareList, objectionTo, openAgain, openList } from './compare-list.ts';
import { interruptions } from './interruptions.ts';
import { lookAt } from './look-at.ts';
import { moveRecord } from './move-record.ts';
import { listToEnrol } from './list-to-enrol.ts';
import { suppressionOf } from './suppression-of.ts';
import type { BeforeRun, RunRequest, RunSession, RunVoice } from './run-request.ts';
import { openRunWebhook } from './webhook.ts';
import type { World } from '../world.ts';

/** What a run showed, and what became of it. */
export type Performed = { readonly before: BeforeRun; readonly carried: Carried };

/** @throws Halt, Findings and the errors of the world */
export async function performRun(request: RunRequest, world: World, voice: RunVoice): Promise<Performed> {
  const { campaign, store } = request;
  const address = printAddress(campaign.address);
  const signals = interruptions(world, voice.say);
  const { wave } = campaign;
  const deps = { ...world, store, wave, note: voice.say, signal: signals.drain, alone: request.alone };
  try {
    const file = await repositoryPath(campaign.path, world.files);
    const recorded = await checkAddress(campaign, file, { store, ...request.naming });
    const held = await holdLease(address, request.rerun === undefined ? 'run' : 'rerun', deps);
    if (held.kind === 'busy') throw heldBy(address, held.holder, request.follow('status'));
    let webhook: Webhook | undefined;
    try {
      if (request.webhook !== undefined) {
        webhook = await openRunWebhook({ ...request, webhook: request.webhook, say: voice.say }, world);
      }
      const heard = webhook === undefined ? {} : { heard: webhook.heard };
      const { lease } = held;
      const inside = holdingWorld([lease], world);
      return await underLease({ ...request, file }, { world: inside, voice, signals, lease, recorded, ...heard });
    } finally {
      await webhook?.close();
      await held.lease.release();
    }
  } finally {
    signals.stop();
  }
}

async function underLease(request: RunRequest & { readonly file: string }, session: RunSession): Promise<Performed> {
  const { signals } = session;
  const ready = await prepare(request, session).catch((error: unknown) => {
    if (!signals.drain.aborted) throw error;
    throw interrupted(signals.how(), error);
  });
  return { before: ready.before, carried: await carryWave(ready.wave, session.world) };
}

type Ready = { readonly before: BeforeRun; readonly wave: ReadyWave };

/** All that comes before the first call; nothing is written before the approval. */
async function prepare(request: RunRequest & { readonly file: string }, session: RunSession): Promise<Ready> {
  const { campaign, store, follow } = request;
  const { world, voice, signals, lease, recorded, heard } = session;
  await checkParent(request, recorded, world);
  // Before the list is read: the more memory a process has, the longer it stands still to start another.
  const checkout = world.git(dirname(campaign.path));
  const observed = await lookAt(request, session);
  const open = (live: Live | undefined): Promise<OpenRecipients> =>
    request.rerun === undefined ? openList(campaign, live, world) : request.rerun.open(live, voice.say);
  const list = await open(observed.live);
  const before = await compareList(request, { observed, list }, session);
  voice.show(before);
  const mayCall = !isStopped(before.wave);
  const people = mayCall ? before.comparison.fresh + before.comparison.pending : 0;
  const approval = await approve(people, request.approved, { world, signal: signals.drain, follow });
  if (approval.kind === 'interrupted') throw interrupted(signals.how());
  if (approval.kind === 'refused') throw new Halt('refused', approval.why, approval.next);
  await checkUnchanged(request, world);
  const { fence } = lease;
  const moving = { campaign, recorded, file: request.file, fence };
  await moveRecord(moving, { ...world, store, note: voice.say, signal: signals.drain });
  const { target } = observed;
  const id = await applyPlanned(request, observed, session);
  const claimed = await claim(request, { target, id, fence, signal: signals.drain }, world);
  checkKept(request, observed, claimed.live);
  const sent = sentNames(campaign, accountOf(campaign, world), claimed.live) ?? [];
  const again = await openAgain(campaign, { sent, open: () => open(claimed.live) });
  const resource = renderedResource(campaign, claimed.live, world);
  const enrolled = listToEnrol(campaign, { again, live: claimed.live, before }, world);
  const wave = {
    ...claimed,
    ...(request.rerun === undefined ? {} : { parent: request.rerun.parent }),
    ...(resource?.kind === 'compiled' ? { rendered: resource.tree } : {}),
    target,
    store,
    root: request.root,
    lease,
    sent,
    recipients: enrolled.recipients,
    ...(request.alone ? {} : { known: enrolled.mark }),
    recipientsDigest: () => enrolled.summary().digest,
    checkout,
    suppression: suppressionOf(campaign, again.suppression, world),
    zonesOf: await zonesOfRecipients(campaign),
    approved: mayCall ? approval.people : Number.MAX_SAFE_INTEGER,
    objection: objectionTo(campaign, enrolled.summary),
    nobodyCalled: request.nobodyCalled,
    // Nobody approved a call: whoever resumes the wave meanwhile runs it anew.
    options: mayCall ? request.options : { ...request.options, limit: 0 },
    signals,
    ...(heard === undefined ? {} : { heard }),
    news: voice.news,
  };
  return { before, wave };
}

function interrupted(how: Interruption, cause?: unknown): Halt {
  return new Halt(interruptedEnding[how], 'interrupted before the first call; nobody was called', [], cause);
}
