/** A world of the simulation: a plain value that its seed gives, so that a failure is told by one number. */
import type { Ending } from '../../src/sandbox/life.ts';
import type { Episode } from './episode.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import type { ProviderPlan } from './provider-plan.ts';

export type SimulatedWorld = {
  readonly seed: number;
  /** Epoch ms at which it begins. */
  readonly startMs: number;
  readonly provider: ProviderPlan;
  readonly campaigns: readonly CampaignPlan[];
  /** By phone: how its first, second ... call ends. */
  readonly fates: Readonly<Record<string, readonly Ending[]>>;
  /** Length of a call that somebody takes. */
  readonly talkMs: number;
  readonly episodes: readonly Episode[];
  readonly lockout?: Lockout;
  /** Played when everybody has a final state. */
  readonly reruns: readonly Episode[];
  /** Whoever runs a store that knows nothing says that nobody was called, where that is so or is known from references. */
  readonly vouches: boolean;
  /** A person settles what no look-up could; false: it stays unresolved. */
  readonly resolves: boolean;
};

/** From the first call in doubt on nothing can be read at the provider for a while: look-ups fail, or are of no use. */
export type Lockout = {
  readonly forMs: number;
  readonly status: 403 | 404 | 503;
};

export type CampaignPlan = {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly samePhone: 'call_each' | 'call_once';
  readonly execution: ExecutionPlan;
  readonly suppressed: readonly string[];
  /** The list of suppressed numbers lies behind an address, which does not tell when it changes. */
  readonly isListRemote?: true;
};

export type Row = {
  readonly id: string;
  readonly phone: string;
  readonly zone: string;
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
  /** When the provider is to dial, where it takes such calls. */
  readonly scheduledMs?: number;
};

export const people: readonly string[] = Array.from({ length: 12 }, (_, at) => `+23480312340${String(10 + at)}`);
