import type { Clock, Random } from '../../ports.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';

/** As it goes on the wire, `id` and all. */
export type UseCase = JsonObject & { readonly id: string };

export type Call = {
  readonly id: string;
  readonly useCase: UseCase | null;
  /** The request as it was sent. */
  readonly sent: JsonObject;
  readonly phone: string;
  readonly custom: JsonObject;
  readonly params: unknown;
  readonly life: Life;
  /** What it ends with, if nobody stops it. */
  readonly finalStatus: string;
  /** Epoch milliseconds of the server's clock. */
  readonly createdMs: number;
  /** The same moment on the monotonic clock. */
  readonly placedMs: number;
  /** When it is dialled, on the monotonic clock. */
  readonly dialMs: number;
};

/** What the provider knows. */
export type Account = {
  readonly useCases: Map<string, UseCase>;
  /** Oldest first. */
  readonly calls: Call[];
  readonly byId: Map<string, Call>;
  /** When calls were stopped, on the monotonic clock. */
  readonly stoppedMs: Map<string, number>;
  readonly organizationId: string;
  readonly newId: () => string;
  readonly clock: Clock;
};

/** Ids have 24 characters: calls/get-transcript. */
export function newAccount(clock: Clock, random: Random): Account {
  const newId = (): string => random.hex(12);
  return {
    useCases: new Map(),
    calls: [],
    byId: new Map(),
    stoppedMs: new Map(),
    organizationId: newId(),
    newId,
    clock,
  };
}

/** All of these are statuses of the page; which of them follow each other is chosen. */
export function statusOf({ clock, stoppedMs }: Account, call: Call): string {
  const ageMs = clock.monotonic() - call.dialMs;
  if (isStopped(stoppedMs, call)) return 'Canceled';
  if (ageMs < 0) return 'Scheduled';
  if (ageMs < call.life.underWayAtMs) return 'Queued';
  if (ageMs >= call.life.endsAtMs) return call.finalStatus;
  return call.life.seconds > 0 ? 'In progress' : 'Ringing';
}

/** Whether it went to its end; a call that was stopped did not. */
export function hasEnded({ clock, stoppedMs }: Account, call: Call): boolean {
  return !isStopped(stoppedMs, call) && clock.monotonic() - call.dialMs >= call.life.endsAtMs;
}

function isStopped(stoppedMs: Account['stoppedMs'], call: Call): boolean {
  return (stoppedMs.get(call.id) ?? Infinity) < call.dialMs + call.life.endsAtMs;
}
