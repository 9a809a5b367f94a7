/**
 * Calls that the provider has under our reference and the ledger lacks: the store is new, a copy, or was restored. They are
 * facts, so they are written whatever else is open; the highest number says where the recipient stands.
 */
import { InternalError } from '../../model/internal-error.ts';
import { printReference } from '../../model/reference.ts';
import type { AttemptEvent, AttemptState, Handle } from '../../model/attempt.ts';
import type { Scope } from '../contract/lease.ts';
import type { Store } from '../contract/store.ts';
import type { FoundCall } from '../contract/wave-state.ts';
import { addEvent, columnsOf, isLatest, isPhoneBusy, sumAttempts } from './attempt-columns.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import { foundNumber } from './found-number.ts';
import { forgetList } from './known-list.ts';
import { optOutByCall } from './opt-outs.ts';
import { numberOf, textOf } from './row.ts';
import { storedPhone } from './stored.ts';
import { OpenTally } from './tallies.ts';

export type ImportContext = Parameters<Store['importCalls']>[2];

/** Behind all that a list names. */
const unlistedPosition = Number.MAX_SAFE_INTEGER;

/** How many of the found calls the ledger lacks: those that an import would add. */
export function countLacking(database: Database, waveId: number, found: readonly FoundCall[]): number {
  const lacking = found.filter(
    ({ recipientTag, n }) =>
      database.get(
        `SELECT 1 FROM attempt a JOIN recipient r ON r.id = a.recipient_id
         WHERE r.wave_id = ? AND r.tag = ? AND a.n = ? AND a.state <> 'voided'`,
        waveId,
        recipientTag,
        n,
      ) === undefined,
  );
  return new Set(lacking.map(({ recipientTag, n }) => `${recipientTag}.${String(n)}`)).size;
}

/** Answers how many were new. */
export function importCalls(
  database: Database,
  scope: Scope,
  found: readonly FoundCall[],
  context: ImportContext,
): number {
  return writeUnder(database, scope, () => {
    const open = new OpenTally(database, scope, context.tallying);
    const added = found.filter((call) => importCall(database, scope, { call, context, open }));
    open.close();
    if (added.length > 0) forgetList(database, scope.waveId);
    return added.length;
  });
}

type Importing = { readonly call: FoundCall; readonly context: ImportContext; readonly open: OpenTally };

function importCall(database: Database, scope: Scope, { call, context, open }: Importing): boolean {
  const recipient = recipientOf(database, scope, call, context);
  const known = database.get(
    'SELECT id, version, state FROM attempt WHERE recipient_id = ? AND n = ?',
    recipient.id,
    call.n,
  );
  if (known !== undefined && textOf(known, 'state') !== 'voided') return false;
  const state = stateOf(call, context);
  const written = insertFound(database, scope, { call, context, recipient, state });
  const atMs = state.sinceMs;
  eventsOf(call, context, known !== undefined).forEach((event, index, { length }) => {
    addEvent(database, written.id, written.version - length + 1 + index, { event, atMs });
  });
  const event: AttemptEvent = { kind: 'imported', handle: state.handle };
  const { id: recipientId, key, phone } = recipient;
  open.count({ recipientId, key, phone: storedPhone(phone), n: call.n, event, state }, atMs);
  if (call.sighting.optOut) optOutByCall(database, written.id, context.nowMs);
  sumAttempts(database, recipient.id);
  if (isLatest(database, recipient.id, call.n)) {
    database.run(
      `UPDATE recipient SET state = 'accepted', phone = ?, next_n = ?, reason = NULL, outcome = NULL, reply = NULL
       WHERE id = ?`,
      recipient.phone,
      call.n,
      recipient.id,
    );
  }
  return true;
}

/** With the number of the call. */
type FoundRecipient = { readonly id: number; readonly key: string; readonly phone: string };

type Found = {
  readonly call: FoundCall;
  readonly context: ImportContext;
  readonly recipient: FoundRecipient;
  readonly state: AttemptState & { readonly kind: 'accepted' };
};

/** A voided attempt that the provider has all the same was not voided after all: its row is set anew. */
function insertFound(
  database: Database,
  scope: Scope,
  { call, context, recipient, state }: Found,
): { readonly id: number; readonly version: number } {
  const { waveTag } = context.address;
  const reference = printReference({ wave: waveTag, recipient: call.recipientTag, n: call.n });
  const columns = columnsOf(state, state.sinceMs);
  const row = database.get(
    `INSERT INTO attempt (recipient_id, wave_id, n, phone, version, reference, dispatch, resource_id, account, definition,
       intent_ms, state, detail, since_ms, due_ms, batch_id, call_id, holds_phone)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'accepted', ?, ?, ?, ?, ?, ?)
     ON CONFLICT (recipient_id, n) DO UPDATE SET phone = excluded.phone, version = version + 2,
       reference = excluded.reference, dispatch = excluded.dispatch, resource_id = excluded.resource_id,
       account = excluded.account, definition = excluded.definition, intent_ms = excluded.intent_ms,
       state = excluded.state, detail = excluded.detail, since_ms = excluded.since_ms, due_ms = excluded.due_ms,
       ended_ms = NULL, batch_id = excluded.batch_id, call_id = excluded.call_id, polls = 0,
       holds_phone = excluded.holds_phone
     RETURNING id, version`,
    recipient.id,
    scope.waveId,
    call.n,
    recipient.phone,
    reference,
    // Nobody knows what it was sent with; alone, it vouches for no other.
    reference,
    context.resourceId,
    context.account,
    context.definition,
    state.sinceMs,
    columns.detail,
    state.sinceMs,
    context.dueMs,
    columns.batchId,
    columns.callId,
    !isPhoneBusy(database, recipient.phone),
  );
  if (row === undefined) throw new InternalError('an imported attempt was not written');
  return { id: numberOf(row, 'id'), version: numberOf(row, 'version') };
}

/** What folds to the state: a voided attempt is intended again before it is seen. */
function eventsOf(call: FoundCall, context: ImportContext, isVoided: boolean): readonly AttemptEvent[] {
  const handle = handleOf(call);
  const { status } = call.sighting;
  const seen = { handle, ...(status === undefined ? {} : { status }) };
  if (!isVoided) return [{ kind: 'imported', ...seen }];
  const { resourceId, account, definition } = context;
  const dispatch = printReference({ wave: context.address.waveTag, recipient: call.recipientTag, n: call.n });
  return [
    { kind: 'intended', dispatch, resourceId, account, definition },
    { kind: 'seen', ...seen },
  ];
}

function stateOf(call: FoundCall, context: ImportContext): AttemptState & { readonly kind: 'accepted' } {
  const { status, createdMs } = call.sighting;
  return {
    kind: 'accepted',
    handle: handleOf(call),
    sinceMs: seenMs(createdMs, context),
    ...(status === undefined ? {} : { status }),
  };
}

/** The provider's clock may run ahead of ours; nothing was seen in the future. */
function seenMs(createdMs: number | undefined, { nowMs }: ImportContext): number {
  return createdMs === undefined ? nowMs : Math.min(createdMs, nowMs);
}

function handleOf({ sighting }: FoundCall): Handle {
  const { batchId, callId } = sighting;
  return { ...(batchId === undefined ? {} : { batchId }), ...(callId === undefined ? {} : { callId }) };
}

/** One that no list has named yet gets a row without key and inputs. */
function recipientOf(database: Database, scope: Scope, call: FoundCall, context: ImportContext): FoundRecipient {
  const { phone: shown } = call.sighting;
  const known = database.get(
    'SELECT id, coalesce(key, tag) AS key, phone FROM recipient WHERE wave_id = ? AND tag = ?',
    scope.waveId,
    call.recipientTag,
  );
  if (known !== undefined) {
    const phone = foundNumber(shown, textOf(known, 'phone'));
    return { id: numberOf(known, 'id'), key: textOf(known, 'key'), phone };
  }
  const phone = foundNumber(shown);
  const row = database.get(
    `INSERT INTO recipient (wave_id, tag, phone, position, enrolled_ms, state, next_n, due_ms, why)
     VALUES (?, ?, ?, ?, ?, 'accepted', ?, 0, 'new') RETURNING id`,
    scope.waveId,
    call.recipientTag,
    phone,
    unlistedPosition,
    context.nowMs,
    call.n,
  );
  if (row === undefined) throw new InternalError('an imported recipient was not written');
  return { id: numberOf(row, 'id'), key: call.recipientTag, phone };
}
