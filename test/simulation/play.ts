/** Plays a world: the real engine, store and sandbox under a clock that jumps. Out comes what the witness saw. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../../src/cli/exit.ts';
import { failureOf } from '../../src/cli/failure.ts';
import { main } from '../../src/cli/main.ts';
import { performRun } from '../../src/cli/run/perform-run.ts';
import { loadCampaigns } from '../../src/input/load-campaign.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import { findProvider } from '../../src/providers/registry.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { sandboxes } from '../../src/sandbox/registry.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { campaignText, listText, suppressedText, useCase, wave } from './campaign-file.ts';
import { copyStore } from './copy-store.ts';
import { edited } from './edited.ts';
import type { Edit, Episode, RunPlan } from './episode.ts';
import { LedgerFile, type Of } from './ledger-file.ts';
import { memoryFiles, type Disk } from './memory-files.ts';
import { network } from './network.ts';
import { Process, type Wire } from './process.ts';
import type { FakeTerminal } from '../support/terminal.ts';
import { dialReader, waveTag } from './truth.ts';
import { people, type CampaignPlan, type SimulatedWorld } from './world.ts';
import { Witness, type Violation, type Witnessed } from './witness.ts';
import { checkChosen, checkEnd, checkRerunEnd } from './end.ts';

export type Played = {
  readonly violations: readonly Violation[];
  readonly counts: Counts;
  /** Exit codes of the runs, in order; undefined: it was killed. */
  readonly exits: readonly (number | undefined)[];
  /** What runs said that were not done. */
  readonly says: readonly string[];
};

export type Counts = {
  runs: number;
  dials: number;
  kills: number;
  freezes: number;
  inDoubt: number;
  unresolved: number;
  imported: number;
  /** Simulated time. */
  ms: number;
};

/** So long a person watches a run before it is interrupted; and so long it may take after that. */
const patienceMs = 40 * 60_000;
/** Retries that a clock an hour ahead put off are waited for. */
const longestRunMs = 150 * 60_000;

/** Runs at the end, without faults, until everybody has a final state. */
const mostVisits = 60;

export async function play(world: SimulatedWorld, folder: string): Promise<Played> {
  const stage = new Stage(world, folder);
  try {
    for (const episode of world.episodes) if (!stage.isBroken) await stage.play(episode);
    if (!stage.isBroken) await stage.finish();
  } finally {
    stage.close();
  }
  return stage.played();
}

class Stage {
  readonly #world: SimulatedWorld;
  readonly #clock: VirtualClock;
  readonly #disk: Disk = memoryFiles();
  readonly #storePath: string;
  readonly #copyPath: string;
  readonly #ledger: LedgerFile;
  readonly #witness: Witness;
  readonly #wire: Wire;
  readonly #faults: { -readonly [Name in keyof Faults]: Faults[Name] };
  readonly #alive: Set<number> = new Set();
  readonly #exits: (number | undefined)[] = [];
  readonly #counts: Counts = { runs: 0, dials: 0, kills: 0, freezes: 0, inDoubt: 0, unresolved: 0, imported: 0, ms: 0 };
  #plans: readonly CampaignPlan[];
  /** Campaigns by the text of their files: they are values. */
  readonly #loaded: Map<string, Campaign> = new Map();
  /** Why runs ended as they did, in their own words. */
  readonly #says: string[] = [];
  #pid: number = 100;
  #hasCopy: boolean = false;
  /** The store was lost: the next run takes the address over. */
  #isNew: boolean = false;
  #lostMs: number = Infinity;
  /** Campaigns whose calls are all known, as a person says. */
  readonly #vouched: Set<number> = new Set();
  /** Who was on the store's list when it was copied. */
  #copiedOptOuts: Map<string, number> = new Map();
  /** Nothing goes wrong any more, since when. */
  #calmMs: number = Infinity;
  #isCalm: boolean = false;
  /** When a request was first left without an answer that tells what it did. */
  #doubtedMs: number = Infinity;

  constructor(world: SimulatedWorld, folder: string) {
    this.#world = world;
    this.#clock = virtualClock(world.startMs);
    this.#storePath = join(folder, `${String(world.seed)}.db`);
    this.#copyPath = join(folder, `${String(world.seed)}-copy.db`);
    this.#ledger = new LedgerFile(this.#storePath);
    this.#witness = new Witness(world, this.#ledger, () => this.#clock.now());
    this.#plans = world.campaigns;
    this.#faults = { ...world.provider.faults };
    const dialsIn = dialReader(world);
    const kind = sandboxes[world.provider.name];
    if (kind === undefined) throw new Error('no such sandbox');
    const sandbox = kind.open({
      clock: this.#clock,
      random: seededRandom(world.seed + 1),
      faults: this.#faults,
      callsPerSecond: 0,
      life: { numbers: world.fates, talkMs: [world.talkMs, world.talkMs] },
      ...(world.provider.name === 'happyrobot' ? { resource: { id: useCase, fields: {} } } : {}),
      log: (line) => this.#witness.dialled(dialsIn(line)),
    });
    this.#wire = network(sandbox.http, {
      ...world.provider,
      clock: this.#clock,
      random: seededRandom(world.seed + 2),
      isCalm: () => this.#isCalm,
      lockedOut: () => {
        const { lockout } = world;
        const sinceMs = this.#clock.now() - this.#doubtedMs;
        const isOver = this.#isCalm || sinceMs < 0 || sinceMs >= (lockout?.forMs ?? 0);
        return isOver ? undefined : lockout?.status;
      },
      doubted: () => {
        this.#doubtedMs = Math.min(this.#doubtedMs, this.#clock.now());
      },
      witness: this.#witness,
    });
    for (const [at, plan] of this.#plans.entries()) this.#write(at, plan);
  }

  get isBroken(): boolean {
    return this.#witness.violations.length > 0;
  }

  async play(episode: Episode): Promise<void> {
    await this.#clock.sleep(episode.gapMs);
    for (const edit of episode.edits) await this.#edit(edit);
    await Promise.all(
      episode.runs.map(async (plan) => {
        await this.#clock.sleep(plan.afterMs);
        return this.#run(plan);
      }),
    );
  }

  /** No faults any more: everybody gets a final state, or is named; and one more run calls nobody. */
  async finish(): Promise<void> {
    this.#weather('calm');
    if (this.#isNew) await this.#clock.sleep(30_000);
    const exits = await this.#visitUntilDone();
    const reruns = this.isBroken || exits[0] === 4 ? [] : await this.#callAgain();
    if (this.isBroken) return;
    for (const rerun of reruns) await this.#again(rerun, await this.#run(rerun));
    for (const [at, plan] of this.#plans.entries()) {
      const exit = exits[at] ?? 1;
      const dials = this.#witness.dials.length;
      const again = await this.#run(this.#calmRun(at));
      if (this.#witness.dials.length > dials || again !== exit) {
        this.#witness.broken('a second run dials nobody', `exit ${String(exit)}, then ${String(again)}`);
      }
      if (exit !== 4)
        checkEnd(this.#witness, { plan, exit, files: this.#disk, nowMs: this.#clock.now() + this.#witness.spreadMs });
    }
  }

  /** Before the store goes away. */
  #tally(): void {
    this.#counts.inDoubt += this.#ledger.events('doubted');
    this.#counts.unresolved += this.#ledger.events('gave_up');
    this.#counts.imported += this.#ledger.events('imported');
  }

  close(): void {
    this.#tally();
    this.#ledger.close();
    for (const path of [this.#storePath, this.#copyPath]) {
      for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    }
  }

  played(): Played {
    this.#counts.dials = this.#witness.dials.length;
    this.#counts.ms = this.#clock.monotonic();
    return { violations: this.#witness.violations, counts: this.#counts, exits: this.#exits, says: this.#says };
  }

  /** Some are called again while everything goes wrong, and then until that is done, too; one run of each kind. */
  async #callAgain(): Promise<readonly RunPlan[]> {
    const { reruns } = this.#world;
    this.#weather('storm');
    for (const episode of reruns) if (!this.isBroken) await this.play(episode);
    this.#weather('calm');
    const kinds = new Set(reruns.flatMap(({ runs }) => runs.flatMap(({ rerun }) => rerun ?? [])));
    const calm = [...kinds].map((rerun): RunPlan => ({ ...this.#calmRun(0), rerun }));
    for (const one of calm) {
      for (let visit = 0; !this.isBroken; visit += 1) {
        const exit = await this.#run(one);
        if (exit === 0 || exit === 7 || exit === 9) break;
        if (visit === mostVisits) this.#witness.broken('a run ends', `rerun of ${one.rerun ?? ''}: ${String(exit)}`);
        await this.#untilDue([]);
      }
    }
    return calm;
  }

  /** A rerun that is done calls nobody when it is said again. */
  async #again(rerun: RunPlan, exit: number | undefined): Promise<void> {
    const dials = this.#witness.dials.length;
    const again = await this.#run(rerun);
    if (this.#witness.dials.length > dials || again !== exit) {
      this.#witness.broken('a second run dials nobody', `rerun: exit ${String(exit)}, then ${String(again)}`);
    }
    const address = `${this.#plans[0]?.name ?? ''}/default`;
    const waves = this.#ledger.waves().filter((of) => of.address === address && of.wave !== wave);
    for (const of of waves) if (exit === 0) checkRerunEnd(this.#witness, this.#disk, of);
    if (exit === 0 && this.#plans[0] !== undefined) {
      checkChosen(this.#witness, this.#plans[0], new Set(rerun.rerun?.split(',')));
    }
  }

  #weather(weather: 'calm' | 'storm'): void {
    this.#isCalm = weather === 'calm';
    if (this.#isCalm) this.#calmMs = this.#clock.now();
    for (const fault of storms) this.#faults[fault] = this.#isCalm ? 0 : (this.#world.provider.faults[fault] ?? 0);
  }

  /** Nobody is due whose run is refused. */
  async #untilDue(exits: readonly (number | undefined)[]): Promise<void> {
    const refused = this.#plans.flatMap(({ name }, at) => (exits[at] === 4 ? `${name}/default` : []));
    const dueMs = this.#ledger.nextDueMs(refused) ?? 0;
    await this.#clock.sleep(Math.max(30_000, Math.min(dueMs - this.#clock.now(), 26 * 3_600_000)));
  }

  /** A person comes back whenever somebody is due, and runs each campaign in turn; how each ended. */
  async #visitUntilDone(): Promise<readonly (number | undefined)[]> {
    const exits: (number | undefined)[] = this.#plans.map(() => undefined);
    const isOver = (exit: number | undefined, at: number): boolean =>
      exit === 0 || exit === 7 || (exit === 9 && this.#isCancelled(at)) || (exit === 4 && this.#knowsNobody());
    for (let visit = 0; visit < mostVisits; visit += 1) {
      for (const at of exits.keys()) {
        if (!isOver(exits[at], at)) exits[at] = await this.#run(this.#calmRun(at));
        if (isOver(exits[at], at) && (await this.#resolve(at))) exits[at] = await this.#run(this.#calmRun(at));
      }
      if (exits.every(isOver) || this.isBroken) return exits;
      for (const at of exits.keys()) if (exits[at] === 4) this.#vouch(at);
      for (const at of exits.keys()) if (exits[at] === 9 && !this.#isCancelled(at)) await this.#letGoOn(at);
      await this.#untilDue(exits);
    }
    this.#witness.broken('a run ends', `exits ${this.#exits.slice(-8).join(' ')}, and it is not done`);
    return exits;
  }

  async #run(plan: RunPlan): Promise<number | undefined> {
    const campaignPlan = this.#plans[plan.campaign];
    if (campaignPlan === undefined) return undefined;
    this.#pid += 1;
    this.#counts.runs += 1;
    const process = this.#process(plan);
    const run: Witnessed = {
      process,
      plan: campaignPlan,
      startedMs: this.#clock.now(),
      ...(plan.rerun === undefined ? {} : { rerun: plan.rerun }),
      clockSlackMs:
        plan.strokes.reduce((sum, one) => sum + (one.kind === 'freeze' ? one.forMs : 0), 0) +
        Math.abs(plan.jump?.byMs ?? 0),
    };
    this.#witness.began(run);
    const over = new AbortController();
    this.#direct(process, plan, over.signal);
    const carried = plan.rerun === undefined ? this.#carry(process, plan) : this.#carryRerun(process, plan);
    const exit = await Promise.race([carried, process.killed.then(() => undefined)]);
    over.abort();
    process.isOver = true;
    this.#alive.delete(process.pid);
    this.#exits.push(exit);
    return exit;
  }

  /** What a person does with a wave that stopped: a budget is raised first, and the wave resumed. */
  async #letGoOn(at: number): Promise<void> {
    const plan = this.#plans[at];
    if (plan === undefined) return;
    const { canary, breaker } = plan.execution.stops;
    const of = { address: `${plan.name}/default`, wave };
    const { tripped } = this.#ledger.stops(of);
    const sinceMs = this.#witness.resumedMs.get(plan.name);
    if (tripped?.kind === 'stop_when' && breaker !== undefined && sinceMs !== undefined && sinceMs > this.#calmMs) {
      const ended = this.#ledger.attemptsSince(of, sinceMs);
      const bad = ended.filter(({ outcome, isEndedSince }) => isEndedSince === 1 && outcome === 'no_answer').length;
      if (bad * 100 < breaker.noAnswer * 10) {
        const what = `${String(bad)} calls were not answered since it was resumed, ${String(breaker.noAnswer)}% of ten stop it`;
        this.#witness.broken('a resumed wave is judged by its new calls', what);
      }
    }
    if (tripped?.kind === 'budget') {
      const stops = { ...(canary === undefined ? {} : { canary }), ...(breaker === undefined ? {} : { breaker }) };
      this.#write(at, { ...plan, execution: { ...plan.execution, stops } });
    }
    await this.#command('resume', at);
  }

  #isCancelled(at: number): boolean {
    return this.#ledger.stops(this.#of(at)).stopped?.kind === 'cancelled';
  }

  #of(at: number): Of {
    return { address: `${this.#plans[at]?.name ?? ''}/default`, wave };
  }

  /** At some time its store knows nothing, and no reference tells. */
  get #isBlindOnce(): boolean {
    const { provider, episodes } = this.#world;
    const edits = episodes.flatMap((one) => one.edits);
    return provider.faults['no-echo'] === true && edits.some(({ kind }) => kind === 'lose' || kind === 'restore');
  }

  /** A copy from before a campaign's first run tells nothing of its calls, where no reference does. */
  #knowsAll(): boolean {
    const known = this.#ledger.waves().map(({ address }) => address);
    // And one whose clock was set by an hour takes those that it lacks for older ones.
    if (this.#witness.spreadMs > 300_000) return false;
    return this.#plans.every((_, at) => known.includes(this.#of(at).address));
  }

  /** The provider has calls of it that no reference tells, and the store knew nothing of them. */
  #knowsNobody(): boolean {
    const isBlind = this.#world.provider.faults['no-echo'] === true && this.#witness.hasForgotten;
    // Campaigns may see each other's calls.
    return isBlind && this.#witness.dials.length > 0;
  }

  #dialsOf(at: number): number {
    const tag = waveTag(this.#plans[at]?.name ?? '');
    return this.#witness.dials.filter((dial) => dial.wave === tag).length;
  }

  /** Where no reference tells, a person may say of a store that was never away that it knows all calls. */
  #vouch(at: number): void {
    if (this.#world.provider.faults['no-echo'] === true && !this.#witness.hasForgotten) this.#vouched.add(at);
  }

  /** What a person may say of a store that knows nothing: nobody was called, or each of them is known by a reference. */
  #mayVouch(at: number): boolean {
    const { faults, vouches } = { ...this.#world.provider, ...this.#world };
    if (this.#vouched.has(at)) return true;
    if (!vouches || !this.#isNew || this.#clock.now() < this.#lostMs + 30_000) return false;
    const isListed = faults['no-echo'] !== true && faults['list-lag'] === 0 && faults['duplicate-items'] !== true;
    return this.#dialsOf(at) === 0 || isListed;
  }

  /** A person who saw at the provider what became of each says so. False: there is nobody to say anything of. */
  async #resolve(at: number): Promise<boolean> {
    if (!this.#world.resolves) return false;
    const unresolved = this.#ledger.unresolved(this.#of(at));
    const isDialled = ({ reference }: { readonly reference: string }): boolean =>
      this.#witness.dials.some((dial) => dial.reference === reference);
    const called = unresolved.filter(isDialled);
    const notCalled = unresolved.filter((one) => !isDialled(one));
    const keys = (some: typeof unresolved): readonly string[] => some.flatMap(({ key }) => key ?? []);
    if (keys(called).length > 0) await this.#command('resolve', at, [...keys(called), '--as', 'called']);
    if (keys(notCalled).length > 0) await this.#command('resolve', at, [...keys(notCalled), '--as', 'not-called']);
    const left = this.#ledger.unresolved(this.#of(at)).map(({ reference }) => reference);
    const ignored = unresolved.filter(({ key, reference }) => key !== null && left.includes(reference));
    for (const { reference } of ignored) this.#witness.broken('what a person settles is settled', reference);
    return keys(unresolved).length > 0;
  }

  /** A person's command in another terminal. */
  async #command(
    name: 'pause' | 'resume' | 'resolve' | 'cancel' | 'suppress',
    at: number,
    more: readonly string[] = [],
  ): Promise<void> {
    const plan = this.#plans[at];
    if (plan === undefined || !existsSync(this.#storePath)) return;
    this.#pid += 1;
    // The store is the one file that is not in memory.
    this.#disk.put(this.#storePath, '');
    const wasTripped = this.#ledger.stops(this.#of(at)).tripped !== undefined;
    const person = this.#calmRun(at);
    const process = this.#process(person);
    const argv = [
      name,
      ...(more.length > 0 && name === 'suppress' ? more : [`${plan.name}.campaign.yaml`, ...more]),
      '--store',
      this.#storePath,
    ];
    const over = new AbortController();
    this.#direct(process, person, over.signal);
    // One that took for ever was killed, and is told of.
    const exit = await Promise.race([main(argv, process.world), process.killed.then(() => undefined)]);
    over.abort();
    this.#alive.delete(process.pid);
    if (name === 'resume' && exit === 0 && wasTripped) this.#witness.resumedMs.set(plan.name, this.#clock.now());
    if (exit !== 0) this.#says.push((process.world.terminal as FakeTerminal).stderrText());
    if (exit === 1) this.#witness.broken('no bug shows', this.#says.at(-1) ?? '');
  }

  /** Nobody waits at a desk for a window of tomorrow. */
  #calmRun(campaign: number): RunPlan {
    const wait = this.#plans.every(
      ({ execution: { hours, policy, caps, anotherTime } }) =>
        hours.kind === 'always' && policy === undefined && caps.length === 0 && anotherTime === undefined,
    );
    return { campaign, hostname: 'front-desk', afterMs: 0, wait, wallOffsetMs: 0, strokes: [], interruptions: [] };
  }

  #process({ hostname, wallOffsetMs, strokes }: RunPlan): Process {
    const pid = this.#pid;
    this.#alive.add(pid);
    return new Process({
      clock: this.#clock,
      files: this.#disk,
      wire: this.#wire,
      pid,
      hostname,
      mayBeAlive: (other) => this.#alive.has(other),
      seed: this.#world.seed + pid,
      wallOffsetMs,
      strokes,
      struck: (kind) => {
        this.#counts[kind === 'kill' ? 'kills' : 'freezes'] += 1;
      },
    });
  }

  /** What befalls a run at its hours. */
  #direct(process: Process, plan: RunPlan, over: AbortSignal): void {
    const at = async (ms: number, act: () => void): Promise<void> => {
      await this.#clock.sleep(ms, over);
      if (!over.aborted) act();
    };
    const { jump, suppressing, pauseAfterMs, cancelling, optingOut } = plan;
    if (pauseAfterMs !== undefined) void at(pauseAfterMs, () => void this.#command('pause', plan.campaign));
    if (cancelling !== undefined) {
      const { follows } = cancelling;
      void at(cancelling.afterMs, () => void this.#edit({ kind: 'cancel', campaign: plan.campaign, follows }));
    }
    if (optingOut !== undefined) {
      void at(optingOut.afterMs, () => void this.#edit({ kind: 'opt_out', person: optingOut.person }));
    }
    if (jump !== undefined) {
      void at(jump.afterMs, () => {
        process.wallOffsetMs += jump.byMs;
      });
    }
    if (suppressing !== undefined) {
      void at(
        suppressing.afterMs,
        () => void this.#edit({ kind: 'suppress', campaign: plan.campaign, at: suppressing.at }),
      );
    }
    let sumMs = 0;
    for (const ms of plan.interruptions) {
      sumMs += ms;
      void at(sumMs, () => process.interrupt());
    }
    if (this.#isCalm) void this.#watchIdle(process, over);
    else void at(patienceMs, () => process.interrupt());
    void at(longestRunMs, () => {
      this.#witness.broken('a run ends', `process ${String(process.pid)} is not over after hours`);
      process.kill();
    });
  }

  async #watchIdle(process: Process, over: AbortSignal): Promise<void> {
    for (;;) {
      await this.#clock.sleep(30_000, over);
      if (over.aborted || this.isBroken) break;
      this.#witness.checkIdle(process);
    }
    if (this.isBroken) process.kill();
  }

  async #carry(process: Process, plan: RunPlan): Promise<number> {
    const { world } = process;
    try {
      const campaign = await this.#load(plan.campaign);
      const opened = await openSqlite(this.#storePath, { create: true, random: world.random });
      process.onEnd(() => void opened.close());
      try {
        const store = process.storeOf(opened);
        const { carried } = await performRun(
          {
            campaign,
            store,
            root: '/clinic',
            apply: true,
            allowDeletes: undefined,
            approved: 1_000,
            takeOver: this.#isNew,
            nobodyCalled: this.#mayVouch(plan.campaign),
            naming: { newAddress: false, renamedFrom: undefined },
            alone: false,
            options: { wait: plan.wait, ...(plan.limit === undefined ? {} : { limit: plan.limit }) },
            follow: () => '',
          },
          world,
          silent,
        );
        if (carried.run.kind === 'refused') this.#says.push(carried.run.why);
        else if ('why' in carried.run.ended) this.#says.push(carried.run.ended.why);
        return exitCode(carried.endings);
      } finally {
        if (!process.isDead) await opened.close();
      }
    } catch (error) {
      if (process.isDead) return 137;
      const failure = failureOf(error, '/clinic');
      if (failure !== undefined) {
        this.#says.push(failure.message);
        return exitCode([failure.ending]);
      }
      this.#witness.broken('no bug shows', error instanceof Error ? (error.stack ?? error.message) : String(error));
      return 1;
    }
  }

  /** By the command line; its store is opened in there, so that it is killed and frozen at its other doors. */
  async #carryRerun(process: Process, plan: RunPlan): Promise<number> {
    this.#disk.put(this.#storePath, '');
    const name = this.#plans[plan.campaign]?.name ?? '';
    const manifest = `/clinic/runs/${name}/default/${wave}/manifest.json`;
    const limit = plan.limit === undefined ? [] : ['--limit', String(plan.limit)];
    const how = ['--allow-changes', '--apply', '--approve', '99', ...(plan.wait ? [] : ['--no-wait']), ...limit];
    const argv = ['rerun', manifest, '--only', plan.rerun ?? '', ...how, '--store', this.#storePath];
    const exit = await main(argv, process.world);
    if (exit !== 0) this.#says.push((process.world.terminal as FakeTerminal).stderrText());
    if (exit === 1) this.#witness.broken('no bug shows', this.#says.at(-1) ?? '');
    return exit;
  }

  async #load(at: number): Promise<Campaign> {
    const world = { files: this.#disk, env: { PROVIDER_API_KEY: 'made-up' }, cwd: '/clinic' };
    const path = `/clinic/${this.#plans[at]?.name ?? ''}.campaign.yaml`;
    const text = this.#disk.text(path) ?? '';
    const known = this.#loaded.get(text);
    if (known !== undefined) return known;
    const loaded = await loadCampaigns({ paths: [path], secrets: 'needed', base: 'refused' }, world, findProvider);
    const [campaign] = loaded.campaigns;
    if (campaign !== undefined) {
      this.#loaded.set(text, campaign);
      return campaign;
    }
    throw new Error(`the campaign of world ${String(this.#world.seed)}: ${JSON.stringify(loaded.diagnostics)}`);
  }

  #write(at: number, plan: CampaignPlan): void {
    this.#plans = this.#plans.with(at, plan);
    this.#disk.put(`/clinic/${plan.name}.campaign.yaml`, campaignText(plan, this.#world.provider));
    this.#disk.put(`/clinic/${plan.name}.csv`, listText(plan));
    this.#disk.put(`/clinic/${plan.name}-suppressed.csv`, suppressedText(plan));
    for (const phone of plan.suppressed) {
      const name = `${plan.name} ${phone}`;
      if (!this.#witness.suppressedSinceMs.has(name)) this.#witness.suppressedSinceMs.set(name, this.#clock.now());
    }
  }

  async #edit(edit: Edit): Promise<void> {
    switch (edit.kind) {
      case 'resume':
        await this.#command('resume', edit.campaign);
        return;
      case 'resolve':
        await this.#resolve(edit.campaign);
        return;
      case 'cancel':
        await this.#command('cancel', edit.campaign, ['--approve', '99', ...(edit.follows ? [] : ['--no-wait'])]);
        return;
      case 'opt_out':
        if (!existsSync(this.#storePath)) return;
        await this.#command('suppress', 0, ['add', people[edit.person] ?? '']);
        this.#witness.optedOut(people[edit.person] ?? '');
        return;
      case 'opt_in':
        if (!existsSync(this.#storePath)) return;
        this.#witness.optedIn(people[edit.person] ?? '');
        await this.#command('suppress', 0, ['remove', people[edit.person] ?? '']);
        return;
      case 'copy':
        this.#copiedOptOuts = new Map(this.#witness.optedOutMs);
        this.#ledger.close();
        copyStore(this.#storePath, this.#copyPath);
        this.#hasCopy =
          existsSync(this.#copyPath) && (this.#world.provider.faults['no-echo'] !== true || this.#knowsAll());
        return;
      case 'restore':
        if (!this.#hasCopy) return;
        this.#ledger.close();
        copyStore(this.#copyPath, this.#storePath);
        this.#witness.hasForgotten = true;
        this.#witness.optedOutMs = this.#copiedOptOuts;
        return;
      case 'lose':
        this.#tally();
        this.#ledger.close();
        for (const ending of ['', '-wal', '-shm']) rmSync(`${this.#storePath}${ending}`, { force: true });
        this.#isNew = true;
        this.#lostMs = this.#clock.now();
        this.#witness.hasForgotten = true;
        this.#witness.optedOutMs = new Map();
        return;
      case 'add':
      case 'drop':
      case 'suppress':
      case 'renumber':
      case 'pace': {
        const plan = this.#plans[edit.campaign];
        // A call that no reference tells is known by its number.
        if (edit.kind === 'renumber' && this.#isBlindOnce) return;
        if (plan !== undefined) this.#write(edit.campaign, edited(plan, edit));
      }
    }
  }
}

/** Faults that strike by chance; the others are how the provider is. */
const storms = [
  'lose-response',
  'fail-after-placing',
  'fail-before-placing',
  'refuse',
  'throttle',
  'throttle-no-header',
  'cut-body',
  'html',
  'redirect',
  'unknown-status',
] as const;

const silent = { say: () => undefined, news: () => undefined, show: () => undefined };
