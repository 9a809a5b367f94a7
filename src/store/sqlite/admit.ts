/**
 * The group commit of design 6: candidates that are due are shown to `grant` in due and list order; the intents of those
 * granted and the waits of the others are written in one transaction, before anything is sent.
 */
import type { Admitted } from '../../model/candidate.ts';
import type { Admission, GrantDecision } from '../contract/admission.ts';
import type { Scope } from '../contract/lease.ts';
import { slots } from './slots.ts';
import { candidateOf, pages, type AdmitOptions } from './candidates.ts';
import { carryOut } from './carry-out.ts';
import type { Database } from './database.ts';
import { writeUnder } from './fence.ts';
import type { Row } from './row.ts';
import { SharedWaits } from './shared-waits.ts';
import { stopOf } from './stops.ts';
import { OpenTally } from './tallies.ts';

/** Candidates shown to `grant` in one transaction: others may want to write, and answers must not wait. */
const mostShown = 5_000;

/** Writes the intents of who may be called now; nobody's once the wave is stopped or tripped. */
export function admit(database: Database, scope: Scope, asked: AdmitOptions): Admission {
  return writeUnder(database, scope, () => {
    const open = new OpenTally(database, scope, asked.tallying);
    const stopped = stopOf(database, scope.waveId);
    if (stopped !== undefined) return { admitted: [], more: false, tally: open.tally, stopped };
    open.judge();
    const { tripped } = open;
    if (tripped !== undefined) return { admitted: [], more: false, tally: open.tally, tripped };
    const options = { ...asked, max: room(database, scope, asked) };
    const admitted: Admitted[] = [];
    const more = options.max <= 0 || admitAll(database, scope, { options, open, admitted });
    open.close();
    return { admitted, more, tally: open.tally };
  });
}

type Admitting = { readonly options: AdmitOptions; readonly open: OpenTally; readonly admitted: Admitted[] };

/** Whether more candidates are due. */
function admitAll(database: Database, scope: Scope, admitting: Admitting): boolean {
  const shared = new SharedWaits();
  let shown = 0;
  for (const { rows, reached } of pages(database, scope, admitting.options)) {
    const isFirst = shared.isEmpty;
    let isShared = false;
    for (const row of rows) {
      if (admitting.admitted.length >= admitting.options.max || shown >= mostShown) return true;
      const decision = decide(database, scope, row, admitting);
      if (decision.kind === 'stop') return true;
      if (decision.kind === 'wait' && decision.shared) {
        isShared = true;
        shared.add(row, decision);
      }
      shown += 1;
    }
    // Once a turn: who shares a wait after those that were written is for the next.
    if (isShared && !isFirst) return true;
    if (!shared.isEmpty && isFirst) shared.write(database, scope, { nowMs: admitting.options.nowMs, after: reached });
  }
  return false;
}

/** Asks about one recipient, and carries out the answer. */
function decide(database: Database, scope: Scope, row: Row, { options, open, admitted }: Admitting): GrantDecision {
  const candidate = candidateOf(database, scope, row, options);
  const decision = options.grant(candidate, open.tally);
  const one = carryOut(database, scope, { row, candidate, decision, nowMs: options.nowMs });
  if (one !== undefined && decision.kind === 'grant') {
    const { recipientId, key, phone, n, state } = one.attempt;
    open.count({ recipientId, key, phone, n, event: decision.event, state }, options.nowMs);
    admitted.push(one);
  }
  return decision;
}

function room(database: Database, scope: Scope, { max, slots: bound }: AdmitOptions): number {
  return bound === undefined ? max : Math.min(max, bound.most - slots(database, scope, bound.age));
}
