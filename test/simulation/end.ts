import { evolve } from '../../src/ledger/evolve.ts';
import type { AttemptEvent, AttemptState } from '../../src/model/attempt.ts';
import { wave } from './campaign-file.ts';
import { isRecalled } from './check-again.ts';
import { checkCounts } from './check-intent.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import { isOpen } from './hours.ts';
import type { Listed, Of } from './ledger-file.ts';
import type { Disk } from './memory-files.ts';
import { recipientTag, waveTag, type Dial } from './truth.ts';
import type { CampaignPlan, Row } from './world.ts';
import type { Witness } from './witness.ts';

type Ended = { readonly plan: CampaignPlan; readonly exit: number; readonly files: Disk; readonly nowMs: number };

const final = new Set(['done', 'rejected', 'unresolved', 'skipped']);

/** When a campaign is over: nobody is lost, and the ledger says what happened. */
export function checkEnd(witness: Witness, { plan, exit, files, nowMs }: Ended): void {
  const of = { address: `${plan.name}/default`, wave };
  const listed = witness.ledger.recipients(of);
  const lost = (what: string): void => witness.broken('everybody is accounted for', what);
  for (const one of listed) {
    if (!final.has(one.state)) lost(`${one.key ?? 'a nameless one'} is ${one.state} in the end`);
  }
  const isCancelled = witness.ledger.stops(of).stopped?.kind === 'cancelled';
  const isUnresolved = listed.some(({ state }) => state === 'unresolved');
  const expected = isCancelled ? 9 : isUnresolved ? 7 : 0;
  if (exit !== expected) lost(`exit ${String(exit)} where ${String(expected)} would tell`);
  const byKey = new Map(listed.map((one) => [one.key, one]));
  const merged =
    plan.samePhone === 'call_once' ? plan.rows.filter((row, at) => isFirst(row, plan.rows.slice(0, at))) : plan.rows;
  for (const row of merged) {
    const one = byKey.get(row.id);
    if (one === undefined) {
      // Where one phone is called once, whoever was called at it stands for the row.
      const isCalled = listed.some(({ phone, attempts }) => phone === row.phone && attempts > 0);
      if (!isCancelled && (plan.samePhone === 'call_each' || !isCalled)) lost(`${row.id} is in no ledger`);
    } else checkRecipient(witness, { one, row, plan, nowMs, isCancelled }, lost);
  }
  checkResults(listed, files.text(`/clinic/runs/${plan.name}/default/${wave}/results.jsonl`) ?? '', lost);
  checkFold(witness);
  checkCounts(witness);
}

/** When a rerun is over: everybody whom it was to call again was, or is named. */
export function checkRerunEnd(witness: Witness, files: Disk, of: Of): void {
  const lost = (what: string): void => witness.broken('everybody is accounted for', `wave ${of.wave}: ${what}`);
  const { tripped } = witness.ledger.stops(of);
  if (tripped !== undefined) return;
  const listed = witness.ledger.recipients(of);
  for (const one of listed) {
    if (!final.has(one.state)) lost(`${one.key ?? 'a nameless one'} is ${one.state} in the end`);
  }
  checkResults(listed, files.text(`/clinic/runs/${of.address}/${of.wave}/results.jsonl`) ?? '', lost);
}

/** Nobody whom reruns were to choose is in none of them. */
export function checkChosen(witness: Witness, plan: CampaignPlan, chosen: ReadonlySet<string>): void {
  const parent = { address: `${plan.name}/default`, wave };
  const known = witness.ledger.rerunsOf(parent).flatMap((of) => witness.ledger.recipients(of).map(({ key }) => key));
  for (const { key, state, outcome } of witness.ledger.recipients(parent)) {
    // Who is nameless was on a list that was changed, and then the store was lost.
    if (key === null || state !== 'done' || !chosen.has(outcome ?? '') || known.includes(key)) continue;
    witness.broken('everybody is accounted for', `${key} ended ${outcome ?? ''} and is in no rerun`);
  }
}

type About = {
  readonly one: Listed;
  readonly row: Row;
  readonly plan: CampaignPlan;
  readonly nowMs: number;
  readonly isCancelled: boolean;
};

function checkRecipient(witness: Witness, about: About, lost: (what: string) => void): void {
  const { one, row, plan, isCancelled } = about;
  const tag = recipientTag(plan.name, row.id);
  // Where a phone is called once, whoever was called at it stands for all of its rows.
  const isMeant = (dial: Dial): boolean =>
    dial.recipient === tag ||
    (plan.samePhone === 'call_once' && dial.wave === waveTag(plan.name) && dial.phone === one.phone);
  const dials = witness.dials.filter(isMeant);
  if (one.state === 'done' && dials.length === 0) lost(`${row.id} is done and was never dialled`);
  const rules = rulesOf(about, witness);
  if (one.state === 'skipped') {
    const why = one.reason ?? '';
    const isCapped = rules.some(({ caps, policyCaps = [] }) => caps.length + policyCaps.length > 0);
    const waits = isCapped && witness.dials.some(({ phone }) => phone === row.phone);
    const isBound = ['not_after', 'end_at', 'expired'].includes(why);
    if (!isTrue(why, about, witness) && !(isBound && waits)) lost(`${row.id} is skipped as ${why}, which is not so`);
  }
  // Rules may have changed: whoever was over by some of them stays so.
  const fewest = Math.min(...rules.map(({ maxAttempts }) => maxAttempts));
  // A retry that would come after somebody's time is not made.
  const isBounded =
    row.notAfterMs !== undefined ||
    rules.some(({ span }) => span?.endAtMs !== undefined || span?.expireAfterMs !== undefined);
  const isRetried = (one.outcome === 'no_answer' || one.outcome === 'busy') && !isBounded;
  const last = dials.at(-1);
  if (one.state === 'done' && !isCancelled && isRetried && (last?.n ?? 0) < fewest && one.phone === row.phone) {
    lost(`${row.id} ended ${one.outcome ?? ''} and was not tried again`);
  }
}

/** By all that ever ran it, and by what its file says now. */
function rulesOf({ plan }: About, witness: Witness): readonly ExecutionPlan[] {
  return [plan.execution, ...witness.rulesOf(plan.name)];
}

function isTrue(why: string, about: About, witness: Witness): boolean {
  const { one, row, plan, isCancelled } = about;
  const rules = rulesOf(about, witness);
  switch (why) {
    case 'suppressed':
      // Once called, a recipient keeps its number.
      return plan.suppressed.includes(one.phone);
    case 'opted_out':
      return witness.forbidden.everOptedOut.has(one.phone);
    case 'not_after':
      return rules.some((execution) => isLate(row.notAfterMs ?? Infinity, about, execution));
    case 'end_at':
      return rules.some((execution) => isLate(execution.span?.endAtMs ?? Infinity, about, execution));
    case 'expired':
      return rules.some(({ span }) => span?.expireAfterMs !== undefined);
    // No waiting makes a fixed instant a later one.
    case 'not_before':
      return (row.scheduledMs ?? Infinity) < (row.notBeforeMs ?? 0);
    case 'start_at':
      return rules.some(({ span }) => (row.scheduledMs ?? Infinity) < (span?.startAtMs ?? 0));
    case 'cancelled':
      return isCancelled;
    case 'rerun':
      return isRecalled(witness, plan.name, one) || maybeRecalled(witness, plan, one);
    case 'no_window':
      return rules.some(({ hours, policy }) => hours.kind === 'windows' || policy !== undefined);
    default:
      return false;
  }
}

/** A rerun may have called them, and nobody knows; or it wanted to, and the provider refused them for good. */
function maybeRecalled({ ledger }: Witness, { name }: CampaignPlan, { key }: Listed): boolean {
  const reruns = ledger.rerunsOf({ address: `${name}/default`, wave });
  const isRefused = (of: Of): boolean =>
    ledger.recipients(of).some((one) => one.key === key && one.state === 'rejected');
  return reruns.some((of) => ledger.unresolved(of).some((one) => one.key === key) || isRefused(of));
}

/** It is over, or no window was left before it. */
function isLate(untilMs: number, { row, nowMs }: About, execution: ExecutionPlan): boolean {
  const { notBeforeMs = -Infinity, scheduledMs = -Infinity } = row;
  const fromMs = Math.max(nowMs, notBeforeMs, scheduledMs, execution.span?.startAtMs ?? -Infinity);
  return untilMs < fromMs || !isOpenUntil(row, execution, { fromMs, untilMs });
}

function isOpenUntil(
  row: Row,
  execution: ExecutionPlan,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): boolean {
  for (let atMs = fromMs; atMs <= untilMs; atMs += 60_000) if (isOpen(execution, row.zone, atMs)) return true;
  return false;
}

function isFirst(row: Row, before: readonly Row[]): boolean {
  return before.every(({ phone }) => phone !== row.phone);
}

function checkResults(listed: readonly Listed[], text: string, lost: (what: string) => void): void {
  const lines = text.split('\n').filter((line) => line !== '');
  const states = lines.map((line) => (JSON.parse(line) as { readonly state: string }).state);
  if (lines.length !== listed.length) lost(`${String(lines.length)} results of ${String(listed.length)} recipients`);
  if (states.some((state) => !final.has(state))) lost(`results say ${[...new Set(states)].join(', ')}`);
}

function checkFold(witness: Witness): void {
  for (const { reference, detail, events } of witness.ledger.stories()) {
    let state: AttemptState | undefined;
    for (const { atMs, event } of events) state = evolve(state, JSON.parse(event) as AttemptEvent, atMs);
    if (JSON.stringify(sorted(state)) !== JSON.stringify(sorted(JSON.parse(detail)))) {
      witness.broken('events fold to the states', `${reference}: ${JSON.stringify(state)}, not ${detail}`);
    }
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
