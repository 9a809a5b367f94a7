/**
 * One dispatch: durable intents go in, one request goes out, events come back. The only place that sends a placing request.
 */
import type { Admitted, AttemptEvent, Handle } from '../model/attempt.ts';
import type { Value } from '../model/value.ts';
import type { Call } from '../providers/contract.ts';
import type { PlaceVerdict } from '../remote/remote.ts';
import type { Batch } from './batches.ts';
import type { RunContext } from './context.ts';

/** An intent older than this is not sent. */
const longestIntentMs = 10_000;

export type Dispatched = {
  readonly batch: Batch;
  readonly verdict: PlaceVerdict;
  /** One event for each member of the batch, in order. */
  readonly events: readonly AttemptEvent[];
};

export async function dispatch(context: RunContext, batch: Batch): Promise<Dispatched> {
  const { account, remote, live, lease, clock } = context;
  const { place } = account.calls;
  const input = {
    calls: batch.admitted.map((admitted) => callOf(context, admitted)),
    resource: live.fields,
  };
  const begunMs = clock.monotonic();
  const intendedMs = Math.min(...batch.admitted.map(({ attempt }) => attempt.intentMs));
  // Both clocks: the wall clock may be set back, the monotonic one stands still while the machine sleeps.
  const isFresh = (): boolean =>
    clock.monotonic() - begunMs <= longestIntentMs && clock.now() - intendedMs <= longestIntentMs;
  const placed = await remote.place(place.request(input), (body) => place.answer(body, input), {
    maySend: () => lease.isValid() && isFresh(),
    hide: batch.admitted.flatMap(privateValues),
    signal: context.signals.leave,
  });
  return { batch, verdict: placed.verdict, events: eventsOf(batch, placed.verdict, placed.answer) };
}

/** What each member's event is, by the verdict: design 6.2. */
export function eventsOf(
  batch: Batch,
  verdict: PlaceVerdict,
  handles: readonly (Handle | undefined)[] | undefined,
): readonly AttemptEvent[] {
  return batch.admitted.map((_, index) => eventOf(verdict, handles?.[index], batch.admitted.length));
}

function eventOf(verdict: PlaceVerdict, handle: Handle | undefined, size: number): AttemptEvent {
  switch (verdict.kind) {
    case 'answered':
      return handle === undefined
        ? { kind: 'doubted', why: 'the answer has no usable id', needs: 2 }
        : { kind: 'accepted', handle };
    case 'refused':
      return size === 1
        ? { kind: 'refused', reason: verdict.reason }
        : { kind: 'doubted', why: `the batch was refused: ${verdict.reason}`, needs: 1 };
    case 'stop':
      return verdict.sent === 'no'
        ? { kind: 'voided', reason: verdict.reason }
        : { kind: 'doubted', why: verdict.reason, needs: 2 };
    case 'throttled':
      return { kind: 'voided', reason: 'HTTP 429' };
    case 'unsent':
      return { kind: 'voided', reason: verdict.reason };
    case 'in_doubt':
      return { kind: 'doubted', why: verdict.reason, needs: 2 };
  }
}

function callOf(context: RunContext, admitted: Admitted): Call {
  const { campaign, live, sent } = context;
  const values = { ...campaign.variables, ...admitted.row, ...admitted.variables };
  return {
    resourceId: live.id,
    phone: admitted.attempt.phone,
    reference: admitted.attempt.reference,
    variables: Object.fromEntries(
      sent.flatMap((name) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    options: admitted.call,
  };
}

function privateValues(admitted: Admitted): readonly string[] {
  return [
    admitted.attempt.phone,
    admitted.attempt.phone.slice(1),
    admitted.attempt.reference,
    ...Object.values(admitted.row),
    ...Object.values(admitted.variables).map(String),
    ...textsIn(admitted.call).filter((text) => /[\s\d]/.test(text)),
  ];
}

/** Rendered options; single words (`pidgin`) are settings that a reason should be able to name. */
function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
