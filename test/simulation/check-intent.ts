/** As requests leave: what the ledger has of each attempt, and whether its recipient may be called by now. */
import { wave } from './campaign-file.ts';
import type { Cap } from './execution-plan.ts';
import { isOpen } from './hours.ts';
import type { Kept } from './ledger-file.ts';
import { waveTag, type Dial } from './truth.ts';
import type { Witness, Witnessed } from './witness.ts';
import type { Row } from './world.ts';

export function checkIntent(witness: Witness, run: Witnessed, reference: string): void {
  const kept = witness.ledger.attempt(reference);
  if (kept?.state !== 'intent') {
    const what = `${reference} is ${kept?.state ?? 'unknown'} in the store`;
    witness.broken('a durable intent precedes each request', what);
  }
  if (kept === undefined) return;
  checkCounts(witness);
  const { process, plan } = run;
  const ageMs = process.now() - kept.intentMs;
  if (run.clockSlackMs === 0 && (ageMs > 10_000 || ageMs < 0)) {
    witness.broken('an old intent is not sent', `${reference} is ${String(ageMs)} ms old`);
  }
  witness.starts.push({ atMs: witness.now() - Math.max(0, ageMs), process, campaign: plan.name, reference });
  checkForbidden(witness, run, kept);
  if (run.testTo !== undefined) {
    checkTest(witness, run.testTo, kept);
    return;
  }
  const row = rowOf(witness, run, kept);
  if (row === undefined) witness.broken('everybody is accounted for', `${kept.key} is dialled and on no list`);
  else checkGates(witness, run, { kept, row });
  checkNumber(witness, run, kept);
}

/** Once called, a recipient keeps its number; so does who is on no list any more and is called again. */
function checkNumber(witness: Witness, { plan, rerun }: Witnessed, { key, phone, n }: Kept): void {
  const rows = plan.rows.filter((row) => row.id === key);
  if (n > 1 || rerun !== undefined || rows.length === 0 || rows.some((row) => row.phone === phone)) return;
  const what = `${key} at ${phone}, which is the number of no row of theirs`;
  witness.broken('a first call is to the number of the row', what);
}

/** Who is called is known as called, whatever becomes of the list meanwhile. */
export function checkCounts(witness: Witness): void {
  for (const reference of witness.ledger.miscounted()) {
    witness.broken('everybody is accounted for', `${reference} is not counted`);
  }
}

/** Where a phone is called once, another row of it may mean the one who was called. */
function rowOf(witness: Witness, { plan, rerun }: Witnessed, { key, phone }: Kept): Row | undefined {
  const frozen = rerun === undefined ? [] : witness.rowsOf(plan.name);
  const named = [...plan.rows, ...frozen].find((row) => row.id === key);
  return named ?? (plan.samePhone === 'call_once' ? plan.rows.find((row) => row.phone === phone) : undefined);
}

/** No number is called by two, and none that is being called is free for a third. */
export function checkPhones(witness: Witness): void {
  const { ledger } = witness;
  for (const phone of ledger.twiceOpen()) witness.broken('one open attempt a phone', phone);
  for (const phone of ledger.openUnheld())
    witness.broken('one open attempt a phone', `${phone} is open and held by none`);
}

/** Whoever is asked about was admitted a request's life ago at most. */
const admittedMs = 10_000;

function checkForbidden(witness: Witness, run: Witnessed, { key, phone }: Kept): void {
  const { plan, clockSlackMs } = run;
  const { forbidden } = witness;
  const knownMs = witness.now() - admittedMs - clockSlackMs - 1_000;
  // A list behind an address is read again once a minute.
  const readMs = plan.isListRemote === true ? knownMs - 60_000 : knownMs;
  if (knownMs > forbidden.optedOutMs(phone) || readMs > forbidden.suppressedMs(plan.name, phone)) {
    witness.broken('nobody suppressed is dialled', `${key} ${phone}`);
  }
  // A run reads whom to call as it begins; a rerun has that frozen.
  const isListless = run.startedMs >= forbidden.unreadableMs(plan.name, 'recipients');
  if (isListless && run.rerun === undefined) {
    witness.broken('nobody is dialled past a list that cannot be read', `${key} of a list that is not there`);
  }
  if (readMs > forbidden.unreadableMs(plan.name, 'suppressed')) {
    witness.broken('nobody is dialled past a list that cannot be read', `${key} ${phone}`);
  }
}

function checkTest(witness: Witness, to: string, { key, phone, wave: of }: Kept): void {
  if (phone !== to) witness.broken("a test call is nobody's", `it was to be to ${to} and is to ${phone}`);
  if (of === wave) witness.broken("a test call is nobody's", `it counts as the call of ${key}`);
}

type Gated = { readonly kept: Kept; readonly row: Row };

/** By the wall clock of the process that admitted it, which is all that it has to go by. */
function checkGates(witness: Witness, run: Witnessed, { kept, row }: Gated): void {
  const { execution, name } = run.plan;
  const { phone, key, reference } = kept;
  const scheduledMs = witness.scheduledMs.get(reference);
  if (scheduledMs !== row.scheduledMs) {
    const what = `${key} was to be dialled at ${instant(row.scheduledMs)}, not at ${instant(scheduledMs)}`;
    witness.broken('who has a time is dialled at it', what);
  }
  // A time that is over is now.
  const dialMs = Math.max(kept.intentMs, scheduledMs ?? 0);
  if (!isOpen(execution, row.zone, dialMs)) {
    witness.broken('nobody is dialled outside of the hours', `${key} in ${row.zone} at ${instant(dialMs)}`);
  }
  checkTimes(witness, run, { kept, row, dialMs });
  if (witness.spreadMs > 0 || run.clockSlackMs > 0) return;
  // Reruns go by the packs that there are, and those have no caps.
  const caps = [...execution.caps, ...(run.rerun === undefined ? (execution.policyCaps ?? []) : [])];
  for (const cap of caps) checkCap(witness, cap, { phone, campaign: name });
}

function checkTimes(
  witness: Witness,
  { plan, clockSlackMs }: Witnessed,
  { kept, row, dialMs }: Gated & { readonly dialMs: number },
): void {
  const { startAtMs = -Infinity, endAtMs = Infinity, expireAfterMs = Infinity } = plan.execution.span ?? {};
  const { notBeforeMs = -Infinity, notAfterMs = Infinity } = row;
  const agedMs = dialMs - kept.enrolledMs - clockSlackMs - witness.spreadMs;
  const isLate = dialMs > Math.min(notAfterMs, endAtMs) || agedMs > expireAfterMs;
  if (!isLate && dialMs >= Math.max(notBeforeMs, startAtMs)) return;
  const what = `${kept.key} at ${instant(dialMs)}, ${String(agedMs)} ms after they entered`;
  witness.broken('nobody is dialled before or after their time', what);
}

type Person = { readonly phone: string; readonly campaign: string };

function checkCap(witness: Witness, { calls, minutes, in: where }: Cap, { phone, campaign }: Person): void {
  // A call counts from when it was meant, and a machine may sleep before it makes it.
  const fromMs = witness.now() - minutes * 60_000 + 12_000 + witness.stoodMs;
  // A fixed time is one by the provider's clock; a store that was lost knows when it was asked for, and not when it rang.
  const skewMs = Math.abs(witness.world.provider.faults['clock-skew'] ?? 0);
  const rangMs = ({ atMs, askedMs }: Dial): number => {
    if (witness.hasForgotten) return askedMs;
    return atMs > askedMs ? atMs - skewMs : atMs;
  };
  const before = witness.dials.filter(
    (dial) =>
      dial.phone === phone &&
      rangMs(dial) > fromMs &&
      (where === 'store' || witness.waveOf(dial.wave)?.campaign === campaign) &&
      !witness.isForgotten(dial, waveTag(campaign)),
  );
  if (before.length < calls) return;
  const what = `${phone}: ${String(before.length)} calls before within ${String(minutes)} minutes by ${where}`;
  witness.broken('no more calls a person than declared', what);
}

function instant(ms: number | undefined): string {
  return ms === undefined ? 'any time' : new Date(ms).toISOString();
}
