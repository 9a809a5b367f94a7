import type { TemplateTree } from '../model/template.ts';
import type { Campaign } from '../model/campaign.ts';
import type { E164, ZonesOf } from '../model/recipient.ts';
import type { Live } from '../model/plan.ts';
import type { Stop } from '../model/stop.ts';
import type { Trip } from '../model/trip.ts';
import type { Counts, UnknownStatus } from '../model/wave.ts';
import type { Clock, Interruption, Random } from '../ports.ts';
import type { Account } from '../providers/contract.ts';
import type { Remote } from '../remote/remote.ts';
import type { Tallying } from '../store/contract/admission.ts';
import type { Scope } from '../store/contract/lease.ts';
import type { Store } from '../store/contract/store.ts';
import type { EngineClock } from './engine-clock.ts';
import type { Heard } from './heard.ts';
import type { Instant } from './instant.ts';
import type { HeldLease } from './lease.ts';

/** Everything that the parts of one run share: fixed for its length. */
export type RunContext = {
  readonly campaign: Campaign;
  readonly account: Account;
  /** Which account an intent was sent to: provider and origins. */
  readonly accountKey: string;
  readonly remote: Remote;
  readonly store: Store;
  readonly scope: Scope;
  readonly lease: HeldLease;
  /** The resource as read at the start of the run. */
  readonly live: Live;
  /** When it was read with the mark of this store; left out: it has no such mark. */
  readonly seen?: Instant;
  /** Members of the live object that hold secrets. */
  readonly secretMembers: readonly string[];
  /** Names of the variables that go to the provider. */
  readonly sent: readonly string[];
  /** The resource that goes with each call, its texts as templates. */
  readonly rendered?: TemplateTree & { readonly kind: 'map' };
  readonly suppression: Suppressed;
  /** What each ledger write does to the tally of a wave. */
  readonly tallying: Tallying;
  /** In which zones a recipient may be. */
  readonly zonesOf: ZonesOf;
  readonly clock: Clock;
  readonly time: EngineClock;
  readonly random: Random;
  readonly options: RunOptions;
  readonly signals: RunSignals;
  /** The provider's events; left out: nobody listens for them. */
  readonly heard?: Heard;
  readonly report: (report: Report) => void;
  /** Whether a process works on an address, so that its calls are being followed. */
  readonly isHeld: (address: string) => Promise<boolean>;
};

/** The suppression lists as they are now. */
export type Suppressed = {
  readonly has: (phone: E164) => boolean;
  /**
   * Reads the lists again where a file changed; a list that cannot be read any more is an error text. Undefined where none has
   * to be looked at now.
   */
  readonly refresh: () => Promise<string | undefined> | undefined;
};

/** What the command line asked of this run. */
export type RunOptions = {
  /** Recipients dialled in this run at most. */
  readonly limit?: number;
  /** False: end when nobody is due now. */
  readonly wait: boolean;
  readonly maxDurationMs?: number;
  /** False: calls of a cancelled wave are asked to end, and left to the next run. */
  readonly follow?: false;
  /** Nobody sees how far the wave is: it is counted at the end alone. */
  readonly unwatched?: true;
};

/** How a run is told to end. */
export type RunSignals = {
  /** First interruption: no new dispatch; requests under way end. */
  readonly drain: AbortSignal;
  /** Second: leave at once. */
  readonly leave: AbortSignal;
  /** What came first. */
  readonly how: () => Interruption;
};

/** What a run says while it goes. */
export type Report =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'waiting'; readonly untilMs: number; readonly why: string }
  | {
      readonly kind: 'progress';
      readonly counts: Counts;
      /** Words of the provider that hold calls open, and nobody said what they mean. */
      readonly unknown: readonly UnknownStatus[];
      /** Recipients dialled in this run. */
      readonly dialled: number;
      /** Calls that this process started in the last minute. */
      readonly perMinute: number;
      /** When something is due next; undefined: now. */
      readonly nextMs?: number;
      readonly paused?: string;
    };

/** How the calling of a wave ended in this run. */
export type Ended =
  | { readonly kind: 'done' }
  | { readonly kind: 'incomplete'; readonly why: string }
  | { readonly kind: 'tripped'; readonly trip: Trip }
  /** By a person. */
  | { readonly kind: Stop['kind']; readonly stop: Stop }
  | { readonly kind: 'stopped'; readonly exit: 4 | 6 | 8 | 3; readonly why: string }
  | { readonly kind: 'interrupted'; readonly how: Interruption };
