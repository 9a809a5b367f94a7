import { reasonOf, stateOf } from '../../ledger/result-line.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { RecipientHistory } from '../../model/wave.ts';
import { eventWords } from '../../report/event-words.ts';
import type { HistoryEvent, HistoryOfRecipient } from '../../report/history-report.ts';
import { maskText } from '../../report/mask-values.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import { timeWords } from '../../report/time-words.ts';
import { isoTime } from '../iso-time.ts';
import { reasonToWait } from '../status/waiting.ts';

type Told = {
  readonly campaign: Campaign;
  /** Of those whose zone is not known. */
  readonly zone: string;
  readonly nowMs: number;
  readonly show: boolean;
};

/** One recipient's part of the report. */
export function historyOf(history: RecipientHistory, told: Told): HistoryOfRecipient {
  const { wave, key, phone, standing, latest, events, enrolledMs } = history;
  const zone = history.zone ?? told.zone;
  const called = events.findLast(({ event }) => event.kind === 'intended' || event.kind === 'imported');
  const final = standing.kind === 'done' && latest?.kind === 'ended' ? latest : undefined;
  const state = stateOf(standing, latest);
  const pending = standing.kind === 'pending' ? standing : undefined;
  const dueMs = pending?.dueMs ?? history.lookMs;
  const wait = {
    state,
    ...(pending === undefined ? {} : { why: pending.why }),
    ...(dueMs === undefined ? {} : { dueMs }),
    ...(history.zone === undefined ? {} : { zone: history.zone }),
  };
  return {
    wave,
    parent: history.parent ?? null,
    id: told.show ? key : maskText(key, [phone]),
    phone: maskPhone(phone, told),
    attempt: events.at(-1)?.n ?? 0,
    called_at: called === undefined ? null : isoTime(called.atMs, zone),
    ...reasonToWait(wait, told),
    zone,
    enrolled_at: isoTime(enrolledMs, zone),
    reason: pending === undefined ? (reasonOf(standing, latest) ?? null) : null,
    outcome: final?.outcome ?? null,
    reply: final?.reply?.label ?? final?.reply?.option ?? final?.reply?.classification ?? null,
    events: events.map(({ n, atMs, event }) => historyEvent({ n, atMs, event }, zone)),
  };
}

function historyEvent({ n, atMs, event }: RecipientHistory['events'][number], zone: string): HistoryEvent {
  const handle = 'handle' in event ? event.handle : undefined;
  return {
    at: isoTime(atMs, zone),
    attempt: n,
    kind: event.kind,
    says: eventWords(event, (ms) => timeWords(isoTime(ms, zone), zone)),
    call_id: handle?.callId ?? null,
    batch_id: handle?.batchId ?? null,
  };
}
