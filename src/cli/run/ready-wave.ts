import type { Target } from '../../apply/target.ts';
import type { Live } from '../../model/plan.ts';
import type { ZonesOf } from '../../model/recipient.ts';
import type { WaveParent } from '../../model/wave.ts';
import type { Report as News, RunContext, RunOptions, RunSignals, Suppressed } from '../../run/context.ts';
import type { HeldLease } from '../../run/lease.ts';
import type { WaveRequest } from '../../run/run-wave.ts';
import type { Store } from '../../store/contract/store.ts';
import type { World } from '../world.ts';
import type { RunSession } from './run-request.ts';

/** A wave that is ready to be called. */
export type ReadyWave = {
  readonly target: Target;
  /** The resource as read last, with our claim. */
  readonly live: Live;
  /** When that was; left out: it has no mark. */
  readonly seen?: NonNullable<RunContext['seen']>;
  readonly store: Store;
  /** The folder below which `runs` stands. */
  readonly root: string;
  readonly lease: HeldLease;
  /** Names of the variables that go to the provider. */
  readonly sent: readonly string[];
  /** The resource that goes with each call, its texts as templates. */
  readonly rendered?: NonNullable<RunContext['rendered']>;
  /** What the wave repeats; left out: its recipients come from the file. */
  readonly parent?: WaveParent;
  readonly recipients: WaveRequest['recipients'];
  readonly known?: NonNullable<WaveRequest['known']>;
  /** Of the list that is called; until it is enrolled, of the one that was looked through. */
  readonly recipientsDigest: () => string;
  /** What the campaign file is checked out from. */
  readonly checkout: ReturnType<World['git']>;
  readonly suppression: Suppressed & { readonly digest: () => string };
  readonly zonesOf: ZonesOf;
  readonly approved: number;
  readonly objection: WaveRequest['objection'];
  readonly newToAddress: boolean;
  readonly nobodyCalled: boolean;
  readonly options: RunOptions;
  readonly signals: RunSignals;
  readonly heard?: RunSession['heard'];
  readonly news: (news: News) => void;
};
