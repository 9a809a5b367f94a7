/**
 * Watches a world from outside of the engine: what leaves a process, what the provider dials, what the store's file says
 * at those instants. It shares no code with what it judges: windows by Intl, references by the design's own words.
 */
import type { WireRequest } from '../../src/ports.ts';
import { wave } from './campaign-file.ts';
import { clockMinutesApart, isOpen } from './hours.ts';
import type { Kept, LedgerFile, Listed, Of } from './ledger-file.ts';
import type { Process } from './process.ts';
import { peaceIn, recipientTag, referencesIn, retriedAs, waveTag, type Dial } from './truth.ts';
import type { CampaignPlan, Cap, Row, SimulatedWorld } from './world.ts';

/** What may never happen, by name. */
export type Invariant =
  | 'a durable intent precedes each request'
  | 'an attempt is dialled once'
  | 'only the holder of the lease sends'
  | 'an old intent is not sent'
  | 'nobody is dialled outside of the hours'
  | 'nobody is dialled before or after their time'
  | 'nobody suppressed is dialled'
  | 'one open attempt a phone'
  | 'one call a phone at once'
  | 'no more calls at once than declared'
  | 'no more starts than the rate'
  | 'retries are as declared'
  | 'retries come at another time of day'
  | 'nobody is called again by two reruns'
  | 'nobody who answered is called again'
  | 'no more calls a person than declared'
  | 'no more calls than the canary has before it is judged'
  | 'no more is used up than the budget'
  | 'nobody of a paused wave is dialled'
  | 'a resumed wave is judged by its new calls'
  | 'what a person settles is settled'
  | 'a free slot is used'
  | 'an answer is written down at once'
  | 'a run ends'
  | 'no bug shows'
  | 'everybody is accounted for'
  | 'events fold to the states'
  | 'a second run dials nobody';

export type Violation = { readonly invariant: Invariant; readonly what: string };

/** A run as the witness knows it. */
export type Witnessed = {
  readonly process: Process;
  /** The files as it read them. */
  readonly plan: CampaignPlan;
  readonly startedMs: number;
  /** Whom it calls again, by how their calls ended; left out: it is a run of the file's wave. */
  readonly rerun?: string;
  /** Its wall clock was set, or it stood still: what is told by the clock may be off by so much. */
  clockSlackMs: number;
};

/** A slow rate starts three calls a minute. */
const idleMs = 70_000;

type Sent = { readonly atMs: number; readonly process: Process; readonly campaign: string };

export class Witness {
  readonly violations: Violation[] = [];
  readonly dials: Dial[] = [];
  readonly ledger: LedgerFile;
  /** By campaign and phone: who is on its list of those who are not called, since when (true time). */
  readonly #suppressedSinceMs: Map<string, number> = new Map();
  /** Phones whose owners asked not to be called, as the store was told, since when (true time). */
  #optedOutMs: Map<string, number> = new Map();
  /** The same, as a copy of the store has it. */
  #copiedOptOuts: Map<string, number> = new Map();
  /** Whoever was among them once. */
  readonly everOptedOut: Set<string> = new Set();
  readonly #world: SimulatedWorld;
  readonly #now: () => number;
  /** When each campaign that had stopped itself was resumed last (true time). */
  readonly resumedMs: Map<string, number> = new Map();
  /** The store was lost or is an older copy: what it forgot of stops is forgotten. */
  hasForgotten: boolean = false;
  readonly #starts: Sent[] = [];
  readonly #runs: Map<Process, Witnessed> = new Map();
  /** Names of campaigns and their waves, by E. */
  readonly #waves: Map<string, { readonly campaign: string; readonly wave: string }> = new Map();
  /** Rows that campaigns ever had: reruns call with what was frozen. */
  readonly #rows: Map<string, Row[]> = new Map();
  /** What the wall clocks of the world differ by at most. */
  readonly spreadMs: number;
  readonly #takenOff: Set<string> = new Set();
  /** What instants may be told wrong by, of all that stands still or is off. */
  readonly #slackMs: number;

  constructor(world: SimulatedWorld, ledger: LedgerFile, now: () => number) {
    this.#world = world;
    this.ledger = ledger;
    this.#now = now;
    const runs = [...world.episodes, ...world.reruns].flatMap((episode) => episode.runs);
    const offsets = runs.flatMap(({ wallOffsetMs, jump }) => [wallOffsetMs, wallOffsetMs + (jump?.byMs ?? 0)]);
    this.spreadMs = Math.max(0, ...offsets) - Math.min(0, ...offsets);
    const frozenMs = runs.flatMap(({ strokes }) => strokes.map((one) => (one.kind === 'freeze' ? one.forMs : 0)));
    const skewMs = Math.abs(world.provider.faults['clock-skew'] ?? 0);
    this.#slackMs = this.spreadMs + skewMs + frozenMs.reduce((sum, ms) => sum + ms, 15_000);
  }

  broken(invariant: Invariant, what: string): void {
    if (this.violations.length < 20) this.violations.push({ invariant, what });
  }

  began(run: Witnessed): void {
    this.#runs.set(run.process, run);
    const { name, rows } = run.plan;
    this.#waves.set(waveTag(name), { campaign: name, wave });
    this.#rows.set(name, [...rows, ...(this.#rows.get(name) ?? [])]);
  }

  /** Somebody is on a campaign's list of those who are not called. */
  suppressed(campaign: string, phone: string): void {
    const name = `${campaign} ${phone}`;
    if (!this.#suppressedSinceMs.has(name)) this.#suppressedSinceMs.set(name, this.#now());
  }

  /** A copy of the store was put aside. */
  storeCopied(): void {
    this.#copiedOptOuts = new Map(this.#optedOutMs);
  }

  /** The store became that copy, or is gone: what happened since it has forgotten. */
  storeForgot(what: 'something' | 'everything'): void {
    this.hasForgotten = true;
    this.#optedOutMs = what === 'everything' ? new Map() : this.#copiedOptOuts;
  }

  /** Somebody asked not to be called, and the store was told so. */
  optedOut(phone: string): void {
    this.everOptedOut.add(phone);
    if (!this.#optedOutMs.has(phone)) this.#optedOutMs.set(phone, this.#now());
  }

  /** An answer of the provider comes to a process. */
  tells(process: Process, body: string): void {
    if (!process.isDead) for (const phone of peaceIn(body)) this.#toldOfPeace(phone);
  }

  /** A person may take a number off the list; the same call does not put it back. */
  #toldOfPeace(phone: string): void {
    this.everOptedOut.add(phone);
    // A call without a reference may be anybody's.
    if (!this.#takenOff.has(phone) && this.#world.provider.faults['no-echo'] !== true) this.optedOut(phone);
  }

  /** A person took a number off the list. */
  optedIn(phone: string): void {
    this.#optedOutMs.delete(phone);
    this.#takenOff.add(phone);
  }

  /** The headers of a request leave a process. */
  leaves(process: Process, { body = '' }: WireRequest): void {
    const references = referencesIn(body);
    const run = this.#runs.get(process);
    if (references.length === 0 || run === undefined) return;
    const address = `${run.plan.name}/default`;
    const of = { address, wave: this.ledger.attempt(references[0] ?? '')?.wave ?? wave };
    this.#waves.set(waveTag(run.plan.name, of.wave), { campaign: run.plan.name, wave: of.wave });
    if (this.ledger.holder(address) !== process.pid) {
      this.broken('only the holder of the lease sends', `process ${String(process.pid)} for ${address}`);
    }
    for (const reference of references) this.#checkIntent(run, reference);
    for (const phone of this.ledger.twiceOpen()) this.broken('one open attempt a phone', phone);
    const { concurrency } = run.plan.execution;
    const held = this.ledger.slots(of, process.now() - 180_000 + run.clockSlackMs);
    if (this.spreadMs === 0 && held > concurrency) {
      this.broken('no more calls at once than declared', `${String(held)} slots held, ${String(concurrency)} declared`);
    }
    this.#checkRate(run);
    this.#checkStops(run, of);
  }

  /** So long a run may look at the provider's calls before it makes any; where the store forgot some, twice and with a wait between. */
  get #lookingMs(): number {
    return this.hasForgotten ? 600_000 : 180_000;
  }

  /** Nothing goes wrong, and yet somebody is due, a slot is free and nobody is called. */
  checkIdle(process: Process): void {
    const run = this.#runs.get(process);
    if (run === undefined || run.rerun !== undefined || process.isDead || this.#now() - run.startedMs < this.#lookingMs)
      return;
    const { name, execution } = run.plan;
    const of = { address: `${name}/default`, wave };
    const { tripped, stopped } = this.ledger.stops(of);
    const isStopped = tripped !== undefined || stopped !== undefined || execution.stops.canary !== undefined;
    const isBusy = this.#starts.some(({ atMs, campaign }) => campaign === name && atMs > this.#now() - idleMs);
    // A slot may have become free at this very instant.
    const held = this.ledger.slots(of, this.#now() - 180_000 - idleMs);
    if (isStopped || isBusy || held >= execution.concurrency) return;
    const overdue = this.ledger.overdue(of, this.#now() - idleMs);
    if (overdue > 0) this.broken('a free slot is used', `${String(overdue)} have been due for over a minute`);
  }

  /** The provider dials. */
  dialled(dials: readonly Dial[]): void {
    for (const dial of dials) {
      this.#checkDial(dial);
      this.dials.push(dial);
    }
  }

  /** The answer to a placing request is handed to the process. */
  answered(process: Process, { body = '' }: WireRequest): (() => void) | undefined {
    const references = referencesIn(body);
    // Who stood still has to hold its lease again first.
    const isBack = !process.stands && this.#now() > process.thawedMs + idleMs;
    if (references.length === 0 || !isBack) return undefined;
    const { stoodMs } = process;
    const intents = references.map((reference) => ({ reference, intentMs: this.ledger.attempt(reference)?.intentMs }));
    return () => {
      if (process.isDead || process.isOver || process.stoodMs !== stoodMs) return;
      for (const { reference, intentMs } of intents) {
        const kept = this.ledger.attempt(reference);
        // One that was voided may be an intent anew.
        if (kept?.state !== 'intent' || kept.intentMs !== intentMs) continue;
        this.broken('an answer is written down at once', `${reference} is an intent two seconds after its answer`);
      }
    };
  }

  #checkIntent(run: Witnessed, reference: string): void {
    const kept = this.ledger.attempt(reference);
    if (kept?.state !== 'intent') {
      this.broken('a durable intent precedes each request', `${reference} is ${kept?.state ?? 'unknown'} in the store`);
    }
    if (kept === undefined) return;
    const { process, plan } = run;
    const ageMs = process.now() - kept.intentMs;
    if (run.clockSlackMs === 0 && (ageMs > 10_000 || ageMs < 0)) {
      this.broken('an old intent is not sent', `${reference} is ${String(ageMs)} ms old`);
    }
    this.#starts.push({ atMs: this.#now() - Math.max(0, ageMs), process, campaign: plan.name });
    // Where a phone is called once, another row of it may mean the one who was called.
    const frozen = run.rerun === undefined ? [] : (this.#rows.get(plan.name) ?? []);
    const row =
      plan.rows.find(({ id }) => id === kept.key) ??
      frozen.find(({ id }) => id === kept.key) ??
      (plan.samePhone === 'call_once' ? plan.rows.find(({ phone }) => phone === kept.phone) : undefined);
    if (row === undefined) this.broken('everybody is accounted for', `${kept.key} is dialled and on no list`);
    else this.#checkGates(run, kept, row);
  }

  /** By the wall clock of the process that admitted it, which is all that it has to go by. */
  #checkGates({ plan, clockSlackMs }: Witnessed, kept: Kept, row: Row): void {
    const { caps } = plan.execution;
    const { intentMs, phone, key } = kept;
    if (!isOpen(plan.execution, row.zone, intentMs)) {
      this.broken(
        'nobody is dialled outside of the hours',
        `${key} in ${row.zone} at ${new Date(intentMs).toISOString()}`,
      );
    }
    const { notBeforeMs = -Infinity, notAfterMs = Infinity } = row;
    if (intentMs < notBeforeMs || intentMs > notAfterMs) {
      this.broken('nobody is dialled before or after their time', `${key} at ${new Date(intentMs).toISOString()}`);
    }
    const { startAtMs = -Infinity, endAtMs = Infinity, expireAfterMs = Infinity } = plan.execution.span ?? {};
    const agedMs = intentMs - kept.enrolledMs - clockSlackMs;
    if (intentMs < startAtMs || intentMs > endAtMs || agedMs - this.spreadMs > expireAfterMs) {
      const when = `${String(agedMs)} ms after they entered, at ${new Date(intentMs).toISOString()}`;
      this.broken('nobody is dialled before or after their time', `${key} ${when}`);
    }
    const sinceMs = this.#suppressedSinceMs.get(`${plan.name} ${phone}`) ?? Infinity;
    const admittedMs = this.#now() - 10_000;
    const peaceMs = this.#optedOutMs.get(phone) ?? Infinity;
    if (admittedMs - clockSlackMs > Math.min(sinceMs, peaceMs) + 1_000) {
      this.broken('nobody suppressed is dialled', `${key} ${phone}`);
    }
    if (this.spreadMs > 0 || clockSlackMs > 0) return;
    for (const cap of caps) this.#checkCap(cap, phone, plan.name);
  }

  #checkCap({ calls, minutes, in: where }: Cap, phone: string, campaign: string): void {
    const fromMs = this.#now() - minutes * 60_000 + 12_000;
    const before = this.dials.filter(
      (dial) =>
        dial.phone === phone &&
        dial.atMs > fromMs &&
        (where === 'store' || this.#waves.get(dial.wave)?.campaign === campaign) &&
        !this.#isForgotten(dial, waveTag(campaign)),
    );
    if (before.length >= calls) {
      const what = `${phone}: ${String(before.length)} calls before within ${String(minutes)} minutes by ${where}`;
      this.broken('no more calls a person than declared', what);
    }
  }

  #checkRate({ process, plan, clockSlackMs }: Witnessed): void {
    const { calls, per } = plan.execution.rate;
    // Instants are fractions of a millisecond that were added and taken away again.
    const fromMs = this.#now() - (per === 's' ? 1_000 : 60_000) + 0.1;
    const isSteady = this.spreadMs === 0 && clockSlackMs === 0;
    const recent = this.#starts.filter(
      (start) => start.campaign === plan.name && start.atMs > fromMs && (isSteady || start.process === process),
    );
    if (clockSlackMs === 0 && recent.length > calls) {
      this.broken(
        'no more starts than the rate',
        `${String(recent.length)} within a ${per === 's' ? 'second' : 'minute'}`,
      );
    }
  }

  #checkStops({ plan, clockSlackMs }: Witnessed, of: Of): void {
    if (this.hasForgotten || this.spreadMs > 0 || clockSlackMs > 0) return;
    const { stopped } = this.ledger.stops(of);
    const last = this.#starts.at(-1);
    if (stopped !== undefined && last !== undefined && last.atMs > stopped.atMs + 1) {
      this.broken('nobody of a paused wave is dialled', `${String(last.atMs - stopped.atMs)} ms after ${stopped.kind}`);
    }
    const { canary } = plan.execution.stops;
    if (canary === undefined) return;
    const all = this.ledger.attemptsSince(of, of.wave === wave ? (this.resumedMs.get(plan.name) ?? 0) : 0);
    const first = all.filter(({ n, isMeantSince }) => n === 1 && isMeantSince === 1);
    const ended = first.filter(({ state }) => state === 'ended' || state === 'rejected').length;
    const open = first.filter(({ state }) => ['intent', 'accepted', 'in_doubt'].includes(state)).length;
    if (ended < canary.calls && ended + open > canary.calls) {
      const what = `${String(open)} open and ${String(ended)} ended of a canary of ${String(canary.calls)}`;
      this.broken('no more calls than the canary has before it is judged', what);
    }
  }

  #checkBudget(dial: Dial, { execution: { stops } }: CampaignPlan): void {
    if (stops.budget === undefined) return;
    const all = this.dials.filter((one) => one.wave === dial.wave && !this.#isGivenUp(one));
    if ('calls' in stops.budget) {
      if (all.length < stops.budget.calls) return;
      this.broken(
        'no more is used up than the budget',
        `call ${String(all.length + 1)} of ${String(stops.budget.calls)}`,
      );
      return;
    }
    const over = all.filter(({ endsAtMs }) => endsAtMs <= dial.atMs);
    const talked = over.filter(({ ending }) => ['replied', 'answered', 'voicemail'].includes(ending));
    const openMs = (all.length - over.length + 1) * 180_000;
    const usedMs = openMs + talked.length * (this.#world.talkMs - 1_000);
    if (usedMs > stops.budget.minutes * 60_000) {
      this.broken('no more is used up than the budget', `${String(usedMs)} ms of ${String(stops.budget.minutes)} min`);
    }
  }

  #checkDial(dial: Dial): void {
    const twin = this.dials.find(({ reference }) => reference === dial.reference);
    if (twin !== undefined || dial.reference === '') {
      this.broken('an attempt is dialled once', `${dial.reference}, ${String(dial.atMs - (twin?.atMs ?? 0))} ms later`);
    }
    for (const other of this.dials) {
      if (other.phone !== dial.phone || other.endsAtMs <= dial.atMs || this.#isGivenUp(other)) continue;
      if (this.#isForgotten(other, dial.wave)) continue;
      this.broken('one call a phone at once', `${dial.phone}: ${other.reference} is open, ${dial.reference} begins`);
    }
    const of = this.#waves.get(dial.wave);
    const plan = [...this.#runs.values()].findLast((run) => run.plan.name === of?.campaign)?.plan;
    if (plan === undefined) return;
    const open = this.dials.filter(
      (other) => other.wave === dial.wave && other.endsAtMs > dial.atMs && !this.#isGivenUp(other),
    );
    if (open.length >= plan.execution.concurrency) {
      this.broken('no more calls at once than declared', `${String(open.length + 1)} calls are open`);
    }
    this.#checkRerun(dial);
    this.#checkRetry(dial, plan);
    this.#checkBudget(dial, plan);
  }

  /** Whether a rerun has called somebody of the campaign's wave: by key, or by number. */
  isRecalled(campaign: string, { key, phone }: Pick<Listed, 'key' | 'phone'>): boolean {
    return this.dials.some((one) => {
      const of = this.#waves.get(one.wave);
      const isRerun = of !== undefined && of.campaign === campaign && of.wave !== wave;
      return isRerun && (one.phone === phone || this.ledger.attempt(one.reference)?.key === key);
    });
  }

  /** Who answered is not called again, nor is anybody by two reruns or a rerun and the wave, or while their call in the wave goes on. */
  #checkRerun(dial: Dial): void {
    const of = this.#waves.get(dial.wave);
    const key = this.ledger.attempt(dial.reference)?.key;
    if (of === undefined || key === undefined) return;
    if (of.wave === wave) {
      if (dial.n === 1 && !this.hasForgotten && this.isRecalled(of.campaign, { key, phone: dial.phone }))
        this.broken('nobody is called again by two reruns', `${dial.reference} after a rerun`);
      return;
    }
    const before = this.dials.filter((one) => one.recipient === recipientTag(of.campaign, key));
    const last = before.at(-1);
    if (last !== undefined && !this.#isGivenUp(last) && ['answered', 'replied'].includes(last.ending)) {
      this.broken('nobody who answered is called again', `${dial.reference} after ${last.reference}`);
    }
    const twin = this.dials.find(
      (one) =>
        one.wave !== dial.wave &&
        this.#waves.get(one.wave)?.wave !== wave &&
        this.#waves.get(one.wave)?.campaign === of.campaign &&
        this.ledger.attempt(one.reference)?.key === key,
    );
    if (twin !== undefined) {
      this.broken('nobody is called again by two reruns', `${dial.reference} after ${twin.reference}`);
    }
  }

  /** A lost store learns of another campaign's calls when that one is run. */
  #isForgotten({ wave: of, reference }: Dial, byWave: string): boolean {
    return this.hasForgotten && of !== byWave && this.ledger.attempt(reference) === undefined;
  }

  /** A person decides about it now, nobody knows how it ended, or it was ended before its time. */
  #isGivenUp({ reference }: Dial): boolean {
    const kept = this.ledger.attempt(reference);
    return kept?.state === 'unresolved' || kept?.outcome === 'unknown' || kept?.outcome === 'cancelled';
  }

  #checkRetry(dial: Dial, plan: CampaignPlan): void {
    const { maxAttempts, retry } = plan.execution;
    const earlier = this.dials.filter((one) => one.recipient === dial.recipient && one.wave === dial.wave);
    if (dial.n > maxAttempts)
      this.broken('retries are as declared', `attempt ${String(dial.n)} of ${String(maxAttempts)}`);
    const last = earlier.at(-1);
    if (last === undefined) return;
    const as = retriedAs(this.#world.provider.name, last.ending);
    if (as === undefined || last.n >= dial.n) {
      this.broken('retries are as declared', `${dial.reference} after ${last.reference}, which ended ${last.ending}`);
      return;
    }
    const nth = earlier.filter((one) => retriedAs(this.#world.provider.name, one.ending) === as).length - 1;
    const minutes = retry[as][Math.min(nth, retry[as].length - 1)] ?? 0;
    const waitedMs = dial.atMs - last.endsAtMs;
    if (waitedMs + this.spreadMs < minutes * 60_000) {
      this.broken('retries are as declared', `${dial.reference} came ${String(waitedMs)} ms after ${as}`);
    }
    this.#checkTimeOfDay(dial, earlier, plan);
  }

  /** From the last call always, and from all of them where nothing bounds the search. */
  #checkTimeOfDay(dial: Dial, earlier: readonly Dial[], { rows, execution }: CampaignPlan): void {
    const { anotherTime, hours, span } = execution;
    const row = rows.find(({ phone }) => phone === dial.phone);
    if (anotherTime === undefined || row === undefined) return;
    const isFree = hours.kind === 'always' && span === undefined && row.notAfterMs === undefined;
    const judged = isFree ? earlier : earlier.slice(-1);
    for (const one of judged) {
      const apart = clockMinutesApart(row.zone, one.atMs, dial.atMs);
      if (apart + this.#slackMs / 60_000 >= anotherTime) continue;
      const what = `${dial.reference} came ${apart.toFixed(1)} minutes of the clock from ${one.reference}`;
      this.broken('retries come at another time of day', what);
    }
  }
}
