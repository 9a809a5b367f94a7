/**
 * One run of one wave, under a held lease: look at what the provider has of it, enrol the recipients, take up what an
 * earlier process left, call. What was decided before (files, plan, approval) comes in as values.
 */
import { count, countOf } from '../model/count-of.ts';
import type { Sighting } from '../model/sighting.ts';
import { recipientTag } from '../model/reference.ts';
import { longestRetryMs } from '../ledger/advance.ts';
import { certainSkip } from '../ledger/certain-skip.ts';
import type { ToldList } from '../model/told-list.ts';
import { placeOf } from '../model/place-of.ts';
import type { Recipient } from '../model/recipient.ts';
import type { Comparison } from '../store/contract/enrolment.ts';
import { callWave } from './call-wave.ts';
import type { SurveyOptions } from '../ledger/must-list-again.ts';
import type { Ended, RunContext } from './context.ts';
import { clockProblem } from './clock-problem.ts';
import { followOtherWaves } from './other-waves.ts';
import { recover } from './recover.ts';
import { survey, type Unlisted } from './survey.ts';
import { untilBoth } from './until-both.ts';

/** What a run was asked for, beside the campaign. */
export type WaveRequest = SurveyOptions & {
  /** The valid recipients, in the order of the rows; asked for once, with the fingerprint of the list as it is now. */
  readonly recipients: (fingerprint: string | undefined) => AsyncIterable<readonly Recipient[]>;
  /** For who is given the same list again; see Store.compareKnown. Left out: it is gone through each time. */
  readonly known?: ListMark;
  /** Recipients not yet called that may be called at most. */
  readonly approved: number;
  /** Asked once the list is enrolled: why it must not be called after all. */
  readonly objection: (comparison: Comparison) => Objection | undefined;
};

/** What a list is known by, and what is kept of it for then. */
export type ListMark = {
  /** As the list is now; undefined where only its rows can tell. */
  readonly fingerprint: () => Promise<string | undefined>;
  /** How it compared with the ledger, where it was known: nobody else works on the address since. */
  readonly compared?: { readonly fingerprint: string; readonly comparison: Comparison };
  /** Of the list that was read last; undefined where it is not to be relied on. */
  readonly told: () => ToldList | undefined;
};

/** Exit 7: the provider did not keep the claim; 8: the clock is off. */
export type Objection = { readonly exit: 3 | 4 | 5 | 7 | 8; readonly why: string };

/** How a run went. */
export type WaveRun =
  | { readonly kind: 'ran'; readonly ended: Ended; readonly comparison: Comparison }
  /** Nobody was called. */
  | {
      readonly kind: 'refused';
      readonly exit: Objection['exit'];
      readonly why: string;
      readonly calls: readonly Sighting[];
      /** Set where the provider's calls could not be listed whole: never, or not this time. */
      readonly unlisted?: Unlisted;
    };

/** Carries a wave: what the provider knows and the list holds goes into the ledger first, then people are called. */
export async function runWave(context: RunContext, request: WaveRequest): Promise<WaveRun> {
  const surveyed = await survey(context, request);
  if (surveyed.kind === 'refused') {
    return { kind: 'refused', exit: 4, why: surveyed.why, calls: [], unlisted: surveyed.unlisted };
  }
  if (surveyed.imported > 0) {
    context.report({
      kind: 'note',
      text: `${countOf(surveyed.imported, 'call was', 'calls were')} found at the provider that this store did not know, and taken into the ledger`,
    });
  }
  // Whoever enters the wave by a clock that is off expires too soon or too late.
  const off = clockProblem(context);
  if (off !== undefined) return { kind: 'refused', exit: 8, why: off, calls: [] };
  const comparison = await enrol(context, request);
  const objection = request.objection(comparison);
  if (objection !== undefined) return { kind: 'refused', ...objection, calls: [] };
  const unclaimed = await context.store.unknownCalls(context.scope.waveId, surveyed.unclaimed);
  if (unclaimed.length > 0) {
    return {
      kind: 'refused',
      exit: 4,
      why: 'the provider lists calls to these recipients that carry no reference',
      calls: unclaimed,
    };
  }
  const uncalled = comparison.fresh + comparison.pending;
  if (uncalled > request.approved) {
    return {
      kind: 'refused',
      exit: 5,
      why: `${countOf(uncalled, 'recipient is', 'recipients are')} not yet called, ${count(request.approved)} approved`,
      calls: [],
    };
  }
  // Once nothing can refuse it any more: a run that was killed or refused before must look and wait anew.
  if (!context.signals.drain.aborted) await context.store.endTakeOver(context.scope);
  await recover(context);
  await context.store.bringForward(context.scope, context.time.wall() + longestRetryMs(context.campaign.execution));
  return { kind: 'ran', ended: await callBesideOthers(context), comparison };
}

/** Neither is left running when the other fails. */
async function callBesideOthers(context: RunContext): Promise<Ended> {
  const over = new AbortController();
  const others = followOtherWaves(context, over.signal);
  const called = callWave(context).then(
    (ended) => {
      // Where nothing is left to do now, the calls of the others are seen to their end: they hold numbers.
      if (isCutShort(ended, context)) over.abort();
      return ended;
    },
    (error: unknown) => {
      over.abort();
      throw error;
    },
  );
  const [ended] = await untilBoth(called, others);
  return ended;
}

function isCutShort({ kind }: Ended, { options }: RunContext): boolean {
  return kind === 'interrupted' || kind === 'stopped' || options.maxDurationMs !== undefined;
}

/** A list that was enrolled before, and did not change since, is not gone through again. */
async function enrol(context: RunContext, { known, recipients }: WaveRequest): Promise<Comparison> {
  const { store, scope, campaign, time, account } = context;
  const fingerprint = await known?.fingerprint();
  const compared = known?.compared;
  if (compared !== undefined && compared.fingerprint === fingerprint && (await store.enrolKnown(scope, fingerprint))) {
    return compared.comparison;
  }
  const { scheduledMs } = account.calls;
  let anyFixed = false;
  const looked = async function* looked(): ReturnType<WaveRequest['recipients']> {
    for await (const batch of recipients(fingerprint)) {
      anyFixed ||= batch.some(({ call }) => scheduledMs(call) !== undefined);
      yield batch;
    }
  };
  const comparison = await store.enrol(scope, looked(), {
    callEach: campaign.recipients.samePhone === 'call_each',
    certainSkip: certainSkip(campaign.execution, {
      nowMs: context.clock.now(),
      zonesOf: context.zonesOf,
      scheduledMs,
    }),
    placeOf: (recipient) => placeOf(context.zonesOf(recipient)),
    tagOf: (key) => recipientTag(campaign.address, campaign.wave, key),
    nowMs: time.wall(),
  });
  // Of a call for a fixed instant its own options tell when it is too late.
  const told = anyFixed ? undefined : known?.told();
  if (told === undefined || fingerprint === undefined) return comparison;
  // A file that was written meanwhile may have been read half.
  if (fingerprint === (await known?.fingerprint())) await store.nameList(scope, { fingerprint, told });
  return comparison;
}
