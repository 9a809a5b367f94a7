/**
 * One dispatch: durable intents go in, one request goes out, events come back. The only place that sends a placing request.
 */
import type { Admitted, AttemptEvent, Handle } from '../model/attempt.ts';
import { InternalError } from '../model/internal-error.ts';
import type { Fields, Scalars, Value } from '../model/value.ts';
import type { Call } from '../providers/contract.ts';
import { renderCarried } from '../recipients/carried.ts';
import { sentValues } from '../recipients/sent.ts';
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

function callOf({ campaign, live, sent, rendered }: RunContext, admitted: Admitted): Call {
  const call = {
    resourceId: live.id,
    phone: admitted.attempt.phone,
    reference: admitted.attempt.reference,
    variables: sentValues(admitted, sent, campaign.variables),
    options: admitted.call,
  };
  return rendered === undefined ? call : { ...call, resource: carriedBy(admitted, rendered, campaign.variables) };
}

/** The row was rendered with the same templates when it was read: it cannot fail now. */
function carriedBy(admitted: Admitted, tree: NonNullable<RunContext['rendered']>, constants: Scalars): Fields {
  const made = renderCarried(tree, admitted, constants);
  if (made.kind === 'rendered') return made.fields;
  throw new InternalError(`a valid row can no longer be rendered: ${made.reason.code}`);
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
