/**
 * Watches a world from outside of the engine: what leaves a process, what the provider dials, what the store's file says
 * at those instants. It shares no code with what it judges: windows by Intl, references by the design's own words.
 */
import type { WireRequest } from '../../src/ports.ts';
import { wave } from './campaign-file.ts';
import { Forbidden } from './forbidden.ts';
import type { Invariant, Violation } from './invariants.ts';
import type { LedgerFile, Of } from './ledger-file.ts';
import { frozenMs, type Process } from './process.ts';
import { referencesIn, waveTag, type Dial } from './truth.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import type { CampaignPlan, Row, SimulatedWorld } from './world.ts';

/** A process that calls, as the witness knows it. */
export type Witnessed = {
  readonly process: Process;
  /** The files as it read them. */
  readonly plan: CampaignPlan;
  readonly startedMs: number;
  /** Whom it calls again, by how their calls ended; left out: it is a run of the file's wave. */
  readonly rerun?: string;
  /** False: it ends when nobody is due, and sees to their end what calls of its campaign's other waves are open. */
  readonly wait: boolean;
  /** It makes a test call to this number and is no run. */
  readonly testTo?: string;
  /** Its wall clock was set, or it stood still: what is told by the clock may be off by so much. */
  clockSlackMs: number;
};

/** A slow rate starts three calls a minute. */
const idleMs = 70_000;

type Sent = {
  readonly atMs: number;
  readonly process: Process;
  readonly campaign: string;
  readonly reference: string;
};

export class Witness {
  readonly violations: Violation[] = [];
  readonly dials: Dial[] = [];
  readonly world: SimulatedWorld;
  readonly ledger: LedgerFile;
  /** True time. */
  readonly now: () => number;
  readonly forbidden: Forbidden;
  /** When each campaign that had stopped itself was resumed last (true time). */
  readonly resumedMs: Map<string, number> = new Map();
  /** The store was lost or is an older copy: what it forgot of stops is forgotten. */
  hasForgotten: boolean = false;
  /** Requests that left, a reference each. */
  readonly starts: Sent[] = [];
  /** What the wall clocks of the world differ by at most. */
  readonly spreadMs: number;
  /** What instants may be told wrong by, of all that stands still or is off. */
  readonly slackMs: number;
  /** What processes stood still, or were set by, at most. */
  stoodMs: number = 0;
  /** When the provider was asked to dial, by references. */
  readonly scheduledMs: Map<string, number> = new Map();
  /** Names of campaigns and their waves, by E. */
  readonly waves: Map<string, { readonly campaign: string; readonly wave: string }> = new Map();
  readonly #runs: Map<Process, Witnessed> = new Map();
  /** Rows that campaigns ever had: reruns call with what was frozen. */
  readonly #rows: Map<string, Row[]> = new Map();
  /** Rules under which campaigns were ever run. */
  readonly #rules: Map<string, Set<ExecutionPlan>> = new Map();
  readonly #canaryMs: Map<string, number> = new Map();

  constructor(world: SimulatedWorld, ledger: LedgerFile, now: () => number) {
    this.world = world;
    this.ledger = ledger;
    this.now = now;
    this.forbidden = new Forbidden(now, { isBlind: world.provider.faults['no-echo'] === true });
    const runs = [...world.episodes, ...world.reruns].flatMap((episode) => episode.runs);
    const offsets = runs.flatMap(({ wallOffsetMs, jump }) => [wallOffsetMs, wallOffsetMs + (jump?.byMs ?? 0)]);
    this.spreadMs = Math.max(0, ...offsets) - Math.min(0, ...offsets);
    const skewMs = Math.abs(world.provider.faults['clock-skew'] ?? 0);
    this.slackMs = this.spreadMs + skewMs + frozenMs(runs.flatMap(({ strokes }) => strokes)) + 15_000;
  }

  broken(invariant: Invariant, what: string): void {
    if (this.violations.length < 20) this.violations.push({ invariant, what });
  }

  began(run: Witnessed): void {
    this.#runs.set(run.process, run);
    this.stoodMs += run.clockSlackMs;
    const { name, rows, execution } = run.plan;
    this.waves.set(waveTag(name), { campaign: name, wave });
    this.#rows.set(name, [...rows, ...this.rowsOf(name)]);
    this.#rules.set(name, new Set([...this.rulesOf(name), execution]));
    if (execution.stops.canary === undefined) this.#canaryMs.delete(name);
    else if (!this.#canaryMs.has(name)) this.#canaryMs.set(name, this.now());
  }

  /** A run reads its list anew; another of the campaign that is not over may have read it before or will read it now. */
  readsAgain(process: Process, plans: readonly CampaignPlan[]): void {
    const { name } = this.#runs.get(process)?.plan ?? {};
    const rows = plans.find((plan) => plan.name === name)?.rows;
    if (name === undefined || rows === undefined) return;
    this.#rows.set(name, [...rows, ...this.rowsOf(name)]);
    for (const [of, run] of this.#runs) {
      if (run.plan.name !== name || of.isOver || of.isDead) continue;
      if (of === process) this.#runs.set(of, { ...run, plan: { ...run.plan, rows }, startedMs: this.now() });
      else this.#runs.set(of, { ...run, plan: { ...run.plan, rows: [...rows, ...run.plan.rows] } });
    }
  }

  /** Since when a campaign's runs have had a canary: it judges the people who were called from then on. */
  canaryMs(campaign: string): number {
    return this.#canaryMs.get(campaign) ?? 0;
  }

  /** Undefined: the process calls nobody. */
  runOf(process: Process): Witnessed | undefined {
    return this.#runs.get(process);
  }

  /** Every row that a campaign ever had, the latest first. */
  rowsOf(campaign: string): readonly Row[] {
    return this.#rows.get(campaign) ?? [];
  }

  /** Every set of rules that a campaign was ever run by. */
  rulesOf(campaign: string): readonly ExecutionPlan[] {
    return [...(this.#rules.get(campaign) ?? [])];
  }

  /** Campaign and wave of an E. */
  waveOf(tag: string): { readonly campaign: string; readonly wave: string } | undefined {
    return this.waves.get(tag);
  }

  /** The campaign as it was when a process of it last began. */
  latestPlan(campaign: string | undefined): CampaignPlan | undefined {
    return [...this.#runs.values()].findLast((run) => run.plan.name === campaign)?.plan;
  }

  /** The campaign as the process knew it that asked for a call; what is on its way when the rules change keeps to the old ones. */
  planOf({ wave: tag, reference }: Dial): CampaignPlan | undefined {
    const sent = this.starts.findLast((one) => one.reference === reference);
    const run = sent === undefined ? undefined : this.runOf(sent.process);
    return run?.plan ?? this.latestPlan(this.waveOf(tag)?.campaign);
  }

  /** It belongs to no wave. */
  isTest({ wave: tag }: Dial): boolean {
    return this.waveOf(tag)?.wave.startsWith('test:') === true;
  }

  /** A person decides about it now, nobody knows how it ended, or it was ended before its time. */
  isGivenUp({ reference }: Dial): boolean {
    const kept = this.ledger.attempt(reference);
    return kept?.state === 'unresolved' || kept?.outcome === 'unknown' || kept?.outcome === 'cancelled';
  }

  /** A lost store learns of another campaign's calls when that one is run. */
  isForgotten({ wave: of, reference }: Dial, byWave: string): boolean {
    return this.hasForgotten && of !== byWave && this.ledger.attempt(reference) === undefined;
  }

  /** The store became an older copy of it, or is gone. */
  storeForgot(what: 'something' | 'everything'): void {
    this.hasForgotten = true;
    this.forbidden.storeForgot(what);
  }

  /** An answer of the provider comes to a process. */
  tells(process: Process, body: string): void {
    const campaign = this.runOf(process)?.plan.name;
    if (!process.isDead)
      this.forbidden.told(body, (tag) => campaign !== undefined && this.waveOf(tag)?.campaign === campaign);
  }

  /** The answer to a placing request is handed to the process. */
  answered(process: Process, { body = '' }: WireRequest): (() => void) | undefined {
    const references = referencesIn(body);
    // Who stood still has to hold its lease again first.
    const isBack = !process.stands && this.now() > process.thawedMs + idleMs;
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

  /** Nothing goes wrong, and yet somebody is due, a slot is free and nobody is called. */
  checkIdle(process: Process): void {
    const run = this.#runs.get(process);
    if (run === undefined || run.rerun !== undefined || process.isDead) return;
    if (this.now() - run.startedMs < this.#lookingMs) return;
    const { name, execution } = run.plan;
    const of: Of = { address: `${name}/default`, wave };
    const { tripped, stopped } = this.ledger.stops(of);
    const isStopped = tripped !== undefined || stopped !== undefined || execution.stops.canary !== undefined;
    // What is open for long holds what it reserves of the budget.
    const isSpent = execution.stops.budget !== undefined && this.ledger.slots(of, -Infinity) > 0;
    const isBusy = this.starts.some(({ atMs, campaign }) => campaign === name && atMs > this.now() - idleMs);
    // A slot may have become free at this very instant.
    const held = this.ledger.slots(of, this.now() - 180_000 - idleMs);
    if (isStopped || isSpent || isBusy || held >= execution.concurrency) return;
    if (!run.wait && this.ledger.followed(of)) return;
    const overdue = this.ledger.overdue(of, this.now() - idleMs);
    if (overdue > 0) this.broken('a free slot is used', `${String(overdue)} have been due for over a minute`);
  }

  /** So long a run may look at the provider's calls before it makes any; where the store forgot some, twice and with a wait between. */
  get #lookingMs(): number {
    return this.hasForgotten ? 600_000 : 180_000;
  }
}
