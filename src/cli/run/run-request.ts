import type { Observed } from '../../apply/observe.ts';
import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Live } from '../../model/plan.ts';
import type { Recipient } from '../../model/recipient.ts';
import type { WaveParent } from '../../model/wave.ts';
import type { Report as News, RunOptions } from '../../run/context.ts';
import type { Heard } from '../../run/heard.ts';
import type { HeldLease } from '../../run/lease.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { Comparison } from '../../store/contract/enrolment.ts';
import type { Store } from '../../store/contract/store.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import type { Follow } from '../next-command.ts';
import type { Naming, Recorded } from './check-address.ts';
import type { Interruptions } from './interruptions.ts';
import type { WebhookRequest } from './webhook.ts';
import type { World } from '../world.ts';

/** What a run is asked to do. */
export type RunRequest = {
  readonly campaign: Campaign;
  /** A file that the campaign was read from and that is not as it was any more. */
  readonly changed?: () => Promise<string | undefined>;
  readonly store: Store;
  /** The folder below which `runs` stands: manifest, results, rejected rows. */
  readonly root: string;
  /** Apply what differs first. */
  readonly apply: boolean;
  /** Exactly so many objects may be deleted by that. */
  readonly allowDeletes: number | undefined;
  readonly approved: number | undefined;
  readonly takeOver: boolean;
  readonly nobodyCalled: boolean;
  readonly naming: Naming;
  /** The store is this run's own: nobody else can hold the address. */
  readonly alone: boolean;
  readonly options: RunOptions;
  /** What the wave repeats; left out: its recipients come from the file. */
  readonly rerun?: Rerun;
  /** Where the provider's events are heard. */
  readonly webhook?: WebhookRequest;
  /** Command lines to go on with. */
  readonly follow: Follow;
};

/** A wave that calls some recipients of another wave again. */
export type Rerun = {
  readonly parent: WaveParent;
  /** Opens them, under the lease of the address. @throws Halt, Findings */
  readonly open: (live: Live | undefined, say: RunVoice['say']) => Promise<OpenRecipients>;
};

/** How a run speaks while it works. */
export type RunVoice = {
  /** A line that stays. */
  readonly say: (line: string) => void;
  readonly news: (news: News) => void;
  /** Shown before the question: what would change and who would be called. */
  readonly show: (before: BeforeRun) => void;
};

/** What the parts of a run share while the address is held. */
export type RunSession = {
  readonly world: World;
  readonly voice: RunVoice;
  readonly signals: Interruptions;
  readonly lease: HeldLease;
  /** The provider's events; left out: nobody listens for them. */
  readonly heard?: Heard;
  /** Where the record of the campaign is. */
  readonly recorded: Recorded;
};

/** A resource that could be looked at, and what applying would do to it. */
export type Seen = Observed & { readonly kind: 'observed' };

/** What a run knows before it asks. */
export type BeforeRun = {
  readonly campaign: Campaign;
  /** The address whose record moves to the campaign's. */
  readonly renamedFrom: string | undefined;
  /** What the wave repeats. */
  readonly parent: WaveParent | undefined;
  readonly observed: Seen;
  readonly comparison: Comparison;
  /** Of the list, where it is the one that was enrolled last: its rows were not read. */
  readonly fingerprint?: string;
  /** All recipients of the list that was read, where they are few, and what tells that another reading would give the same. */
  readonly rows?: { readonly fingerprint: string; readonly all: readonly (readonly Recipient[])[] };
  readonly summary: RecipientsSummary;
  readonly wave: WaveState | undefined;
  /** Zones of the recipients, most common first; several where a number may be in any of them. None where they do not matter. */
  readonly places: readonly (readonly string[])[];
  /** Where all rows are that cannot be called, from the working directory. */
  readonly rejects: string | undefined;
};
