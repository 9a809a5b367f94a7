/**
 * One dispatch: durable intents go in, one request goes out, events come back. The only place that sends a placing request.
 */
import type { Admitted } from '../model/candidate.ts';
import type { AttemptEvent, Handle } from '../model/attempt.ts';
import { InternalError } from '../model/internal-error.ts';
import type { RowReason } from '../model/recipient.ts';
import type { Scalars, Value } from '../model/value.ts';
import type { Call } from '../providers/contract.ts';
import { renderCarried } from '../recipients/carried.ts';
import { sentValues } from '../recipients/sent.ts';
import type { PlaceVerdict } from '../remote/remote.ts';
import { secretValues } from '../remote/secret-values.ts';
import type { Batch } from './batcher.ts';
import type { RunContext } from './context.ts';

/** An intent older than this is not sent. */
export const longestIntentMs = 10_000;

/** What became of a batch. */
export type Dispatched = {
  readonly batch: Batch;
  readonly verdict: PlaceVerdict;
  /** One event for each member of the batch, in order. */
  readonly events: readonly AttemptEvent[];
};

/** Renders the calls of a batch and sends them in one request; who cannot be rendered is refused, and the others go. */
export async function dispatch(context: RunContext, batch: Batch): Promise<Dispatched> {
  const prepared = batch.admitted.map((admitted) => prepare(context, admitted));
  const ready = prepared.filter((one) => one.kind === 'ready');
  const placed = ready.length === 0 ? undefined : await place(context, ready);
  const sent = placed === undefined ? [] : eventsOf(ready.length, placed.verdict, placed.answer);
  const events = prepared.map((one) => {
    const event = one.kind === 'ready' ? sent[ready.indexOf(one)] : one.event;
    if (event === undefined) throw new InternalError('a member of a dispatch has no event');
    return event;
  });
  return { batch, verdict: placed?.verdict ?? { kind: 'refused', reason: 'nothing could be rendered' }, events };
}

/** Sends the one request. */
function place(
  { account, remote, live, secretMembers, lease, clock, signals }: RunContext,
  ready: readonly Ready[],
): ReturnType<typeof remote.place<readonly (Handle | undefined)[]>> {
  const { request, answer } = account.calls.place;
  const input = { calls: ready.map(({ call }) => call), resource: live.fields };
  const begunMs = clock.monotonic();
  const intendedMs = Math.min(...ready.map(({ admitted }) => admitted.attempt.intentMs));
  // Both clocks: the wall clock may be set back, the monotonic one stands still while the machine sleeps.
  const isFresh = (): boolean =>
    clock.monotonic() - begunMs <= longestIntentMs && clock.now() - intendedMs <= longestIntentMs;
  return remote.place(request(input), (body) => answer(body, input), {
    maySend: () => lease.isValid() && isFresh(),
    // The provider may quote what goes with a call, and that may be all of the live object.
    hide: () => [...ready.flatMap(privateValues), ...secretValues(live.fields, secretMembers)],
    signal: signals.leave,
  });
}

/** What each member's event is, by the verdict on a request for so many: design 6.2. */
export function eventsOf(
  size: number,
  verdict: PlaceVerdict,
  handles: readonly (Handle | undefined)[] | undefined,
): readonly AttemptEvent[] {
  return Array.from({ length: size }, (_, index) => eventOf(verdict, handles?.[index], size));
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
      return { kind: 'voided', reason: verdict.by === 'calls' ? 'HTTP 429: too many calls at once' : 'HTTP 429' };
    case 'unsent':
      return { kind: 'voided', reason: verdict.reason };
    case 'in_doubt':
      return { kind: 'doubted', why: verdict.reason, needs: 2 };
  }
}

type Ready = {
  readonly kind: 'ready';
  readonly admitted: Admitted;
  readonly call: Call;
  /** What was rendered into the resource that goes with it. */
  readonly texts: readonly string[];
};

type Prepared = Ready | { readonly kind: 'failed'; readonly event: AttemptEvent };

/** The file may ask for more since the recipient's values were frozen: who lacks some of it is not called without. */
function prepare({ campaign, live, sent, rendered }: RunContext, admitted: Admitted): Prepared {
  const variables = sentValues(admitted, sent, campaign.variables);
  const column = sent.find((name) => isMissing(name, variables, admitted));
  if (column !== undefined) return unrendered({ code: 'ROW_VALUE_MISSING', column });
  const call: Call = {
    resourceId: live.id,
    phone: admitted.attempt.phone,
    reference: admitted.attempt.reference,
    variables,
    options: admitted.call,
  };
  if (rendered === undefined) return { kind: 'ready', admitted, call, texts: [] };
  const made = renderCarried(rendered, admitted, campaign.variables);
  if (made.kind === 'failed') return unrendered(made.reason);
  return { kind: 'ready', admitted, call: { ...call, resource: made.fields }, texts: made.texts };
}

/** As reading a row has it: a column must be filled, a variable may come out empty. */
function isMissing(name: string, sent: Scalars, { row, variables }: Admitted): boolean {
  if (!Object.hasOwn(sent, name)) return true;
  return !Object.hasOwn(variables, name) && Object.hasOwn(row, name) && row[name]?.trim() === '';
}

function unrendered({ code, column }: RowReason): Prepared {
  const what = column === undefined ? code : `${code} (${column})`;
  return { kind: 'failed', event: { kind: 'refused', reason: `its text cannot be rendered any more: ${what}` } };
}

function privateValues({ admitted, texts }: Ready): readonly string[] {
  return [
    admitted.attempt.phone,
    admitted.attempt.phone.slice(1),
    admitted.attempt.reference,
    ...Object.values(admitted.row),
    ...Object.values(admitted.variables).map(String),
    ...textsIn(admitted.call).filter((text) => /[\s\d]/.test(text)),
    ...texts,
  ];
}

/** Rendered options; single words (`pidgin`) are settings that a reason should be able to name. */
function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
