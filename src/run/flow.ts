import type { Attempt, Step } from '../model/attempt.ts';
import { emptyTally, type Tally } from '../model/tally.ts';
import type { EngineMs, WallMs } from '../model/time.ts';
import type { Trip } from '../model/trip.ts';
import type { Moment } from '../ledger/advance.ts';
import type { Pace } from '../ledger/pace.ts';
import type { Stop } from '../model/stop.ts';
import type { Ceiling } from './ceiling.ts';
import { freeThrottle, hopeless, type Throttle } from './throttle.ts';
import type { Ended } from './context.ts';
import type { Instant } from './instant.ts';

/** What came back since the loop last looked. */
export type Arrived = {
  /** Makes the ledger writes; called in the loop, with the throttle as it is then. */
  readonly steps: (moment: Omit<Moment, 'jitter'>) => readonly Step[];
  /** Polls that brought nothing new are due again. */
  readonly quiet?: readonly Step['attempt'][];
  /** Kept out of new polls until now. */
  readonly polled?: readonly Step['attempt'][];
};

const rateMs = 60_000;

/** Of the answers under way: the more are written at once, the fewer commits there are. */
const gatheredShare = 0.8;

/** How fast calls and requests may start. */
export type Paces = { readonly calls: Pace; readonly requests: Pace };

/** How the provider is asked to end calls. */
export type Ends = {
  /** Requests under way. */
  underWay: number;
  /** By the attempt's id, how often it may still be asked for, and from when on. */
  readonly tries: Map<number, { readonly left: number; readonly againMs: EngineMs }>;
  /** Asked for since the ledger was told. */
  readonly asked: Attempt[];
  /** What was said about calls that go on. */
  readonly told: Set<string>;
};

/**
 * What the loop of one process holds beside the ledger: requests under way and when it may go on. Losing it loses nothing; the
 * ledger's rows say what happens next.
 */
export class Flow {
  readonly paces: Paces;
  readonly startedMs: WallMs;
  readonly arrived: Arrived[] = [];
  /** Ids of attempts whose poll is under way or waits. */
  readonly polling: Set<number> = new Set();
  /** Due polls that wait for one of those under way to end; their attempts are in `polling`, too. */
  readonly waitingPolls: (readonly Attempt[])[] = [];
  /** Up to when what is due was looked for: all of that is polled or waits for it. */
  soughtMs: EngineMs = 0;
  /** From when on events wake polls again. */
  wakesMs: EngineMs = 0;
  /** When the resource was last seen to be this store's; undefined: nothing in it says whose it is. */
  seen: Instant | undefined;
  /** The resource is being read. */
  reading: boolean = false;
  /** Somebody whom the gates let pass was not called in this turn: a canary or a budget has no room. */
  heldBack: boolean = false;
  /** Placing requests under way. */
  dispatching: number = 0;
  polls: number = 0;
  /** Recipients dialled in this run. */
  dialled: number = 0;
  throttle: Throttle = freeThrottle;
  /** Undefined until the provider says that so many calls at once are too many. */
  ceiling: Ceiling | undefined;
  /** It has just said so; what it asks to wait, if anything. */
  full: { readonly retryAfterMs: number | undefined } | undefined;
  /** As the ledger had it when it was last read or written. */
  tally: Tally = emptyTally;
  tripped: Trip | undefined;
  /** A person's word that nobody of the wave is to be called. */
  stopped: Stop | undefined;
  readonly ends: Ends = { underWay: 0, tries: new Map(), asked: [], told: new Set() };
  /** When the last calls were started, those of an earlier process before them. */
  starts: EngineMs[] = [];
  /** When the last requests were sent. */
  sends: EngineMs[] = [];
  /** Why nothing more is dialled. */
  stop: Ended | undefined;
  /** A failure of ours or of the store that ends the run. */
  failure: Error | undefined;
  /** Calls that this process started of late. */
  #own: readonly { readonly atMs: EngineMs; readonly calls: number }[] = [];
  #wake: AbortController = new AbortController();
  #gathering: { readonly most: number; readonly over: AbortController } | undefined;

  constructor(startedMs: WallMs, paces: Paces) {
    this.startedMs = startedMs;
    this.paces = paces;
  }

  /** This process started so many calls. */
  started(nowMs: EngineMs, calls: number): void {
    this.#own = [...this.#own.filter((one) => one.atMs > nowMs - rateMs), { atMs: nowMs, calls }];
  }

  /** Calls that this process started within the last minute. */
  perMinute(nowMs: EngineMs): number {
    return this.#own.filter((one) => one.atMs > nowMs - rateMs).reduce((sum, { calls }) => sum + calls, 0);
  }

  /** Ends the dialling once there is no hope that the provider takes a call. */
  heedThrottle(nowMs: EngineMs): void {
    const why = hopeless(this.throttle, nowMs);
    if (why !== undefined) this.stop ??= { kind: 'incomplete', why };
  }

  /** What comes from now on wakes the sleep at the end of this turn, even if nobody sleeps yet. */
  beginTurn(): void {
    this.heldBack = false;
    this.#wake = new AbortController();
  }

  /** Aborts when something came since the turn began. */
  sleepSignal(): AbortSignal {
    return this.#wake.signal;
  }

  wake(): void {
    if (!this.#wake.signal.aborted) this.#wake.abort('something arrived');
  }

  arrive(arrived: Arrived): void {
    this.arrived.push(arrived);
    this.wake();
    if (this.#gathering !== undefined && this.arrived.length >= this.#gathering.most)
      this.#gathering.over.abort('enough arrived');
  }

  /** Aborts once most of the answers that are still to come are there: the others keep the provider busy meanwhile. */
  gatherSignal(): AbortSignal {
    const underWay = this.dispatching + this.polls;
    this.#gathering = {
      most: Math.ceil((this.arrived.length + underWay) * gatheredShare),
      over: new AbortController(),
    };
    if (this.arrived.length >= this.#gathering.most) this.#gathering.over.abort('enough arrived');
    return this.#gathering.over.signal;
  }

  fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
    this.wake();
  }
}
