/** As requests leave: calls at once, starts in a time, and stops. */
import { wave } from './campaign-file.ts';
import type { Of } from './ledger-file.ts';
import type { Process } from './process.ts';
import type { Witness, Witnessed } from './witness.ts';

export function checkPace(witness: Witness, run: Witnessed, of: Of): void {
  const { process, plan, clockSlackMs } = run;
  const { concurrency } = plan.execution;
  const held = witness.ledger.slots(of, process.now() - 180_000 + clockSlackMs);
  if (witness.spreadMs === 0 && held > concurrency) {
    const what = `${String(held)} slots held, ${String(concurrency)} declared`;
    witness.broken('no more calls at once than declared', what);
  }
  // What bounds a wave bounds no test call.
  if (run.testTo !== undefined) return;
  checkRate(witness, run);
  if (witness.hasForgotten || witness.spreadMs > 0 || clockSlackMs > 0) return;
  checkStopped(witness, of);
  checkCanary(witness, run, of);
}

function checkRate(witness: Witness, { process, plan, clockSlackMs }: Witnessed): void {
  const { calls, per } = plan.execution.rate;
  // Instants are fractions of a millisecond that were added and taken away again.
  const fromMs = witness.now() - (per === 's' ? 1_000 : 60_000) + 0.1;
  const isSteady = witness.spreadMs === 0 && clockSlackMs === 0;
  // What began under another rate was paced by that one; a test call takes nothing of the wave's.
  const isSame = (start: Process): boolean => {
    const run = witness.runOf(start);
    const rate = run?.plan.execution.rate;
    return run?.testTo === undefined && rate?.calls === calls && rate.per === per;
  };
  const recent = witness.starts.filter(
    (start) =>
      start.campaign === plan.name &&
      start.atMs > fromMs &&
      (isSteady || start.process === process) &&
      isSame(start.process),
  );
  if (clockSlackMs > 0 || recent.length <= calls) return;
  const what = `${String(recent.length)} within a ${per === 's' ? 'second' : 'minute'}`;
  witness.broken('no more starts than the rate', what);
}

function checkStopped(witness: Witness, of: Of): void {
  const { stopped } = witness.ledger.stops(of);
  const last = witness.starts.at(-1);
  if (stopped === undefined || last === undefined || last.atMs <= stopped.atMs + 1) return;
  witness.broken('nobody of a paused wave is dialled', `${String(last.atMs - stopped.atMs)} ms after ${stopped.kind}`);
}

function checkCanary(witness: Witness, { plan }: Witnessed, of: Of): void {
  const { canary } = plan.execution.stops;
  if (canary === undefined) return;
  const resumedMs = of.wave === wave ? (witness.resumedMs.get(plan.name) ?? 0) : 0;
  const all = witness.ledger.attemptsSince(of, Math.max(resumedMs, witness.canaryMs(plan.name)));
  const first = all.filter(({ n, isMeantSince }) => n === 1 && isMeantSince === 1);
  const ended = first.filter(({ state }) => state === 'ended' || state === 'rejected').length;
  const open = first.filter(({ state }) => ['intent', 'accepted', 'in_doubt'].includes(state)).length;
  if (ended >= canary.calls || ended + open <= canary.calls) return;
  const what = `${String(open)} open and ${String(ended)} ended of a canary of ${String(canary.calls)}`;
  witness.broken('no more calls than the canary has before it is judged', what);
}
