/** What all processes and people of a world share: its clock, its disk, its provider and its store; and who watches them. */
import { join } from 'node:path';
import type { Campaign } from '../../src/model/campaign.ts';
import { sandboxes } from '../../src/sandbox/registry.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { campaignText, listText, suppressedText, useCase, wave } from './campaign-file.ts';
import { checkDials } from './check-dial.ts';
import type { Edit, RunPlan } from './episode.ts';
import { LedgerFile, type Of } from './ledger-file.ts';
import { memoryFiles, type Disk } from './memory-files.ts';
import { network } from './network.ts';
import { Process, type Wire } from './process.ts';
import { StoreFile } from './store-file.ts';
import { dialReader } from './truth.ts';
import { Weather } from './weather.ts';
import { Witness } from './witness.ts';
import type { CampaignPlan, SimulatedWorld } from './world.ts';

export type Counts = {
  runs: number;
  /** Test calls that somebody set about. */
  tests: number;
  dials: number;
  kills: number;
  freezes: number;
  inDoubt: number;
  unresolved: number;
  imported: number;
  /** Simulated time. */
  ms: number;
};

export class Stage {
  readonly world: SimulatedWorld;
  readonly clock: VirtualClock;
  readonly disk: Disk = memoryFiles();
  readonly store: StoreFile;
  readonly ledger: LedgerFile;
  readonly witness: Witness;
  readonly weather: Weather;
  /** The campaigns as their files say them now. */
  plans: readonly CampaignPlan[];
  readonly counts: Counts = {
    runs: 0,
    tests: 0,
    dials: 0,
    kills: 0,
    freezes: 0,
    inDoubt: 0,
    unresolved: 0,
    imported: 0,
    ms: 0,
  };
  /** Exit codes of the runs, in order; undefined: it was killed. */
  readonly exits: (number | undefined)[] = [];
  /** Why runs ended as they did, in their own words. */
  readonly says: string[] = [];
  /** Campaigns by the text of their files: they are values. */
  readonly loaded: Map<string, Campaign> = new Map();
  /** What goes on beside the runs of an episode, and may outlast them. */
  readonly beside: Promise<void>[] = [];
  /** Campaigns whose calls are all known, as a person says. */
  readonly vouched: Set<number> = new Set();
  readonly #wire: Wire;
  readonly #alive: Set<number> = new Set();
  #pid: number = 100;

  constructor(world: SimulatedWorld, folder: string) {
    this.world = world;
    this.clock = virtualClock(world.startMs);
    const path = join(folder, `${String(world.seed)}.db`);
    this.ledger = new LedgerFile(path);
    this.store = new StoreFile(path, join(folder, `${String(world.seed)}-copy.db`), this.ledger);
    this.witness = new Witness(world, this.ledger, () => this.clock.now());
    this.weather = new Weather(world, () => this.clock.now());
    this.#wire = this.#openProvider();
    this.plans = world.campaigns;
    for (const [at, plan] of this.plans.entries()) this.write(at, plan);
  }

  get isBroken(): boolean {
    return this.witness.violations.length > 0;
  }

  /** The wave of a campaign's file. */
  of(at: number): Of {
    return { address: `${this.plans[at]?.name ?? ''}/default`, wave };
  }

  /** Writes a campaign's files, as an operator does. */
  write(at: number, plan: CampaignPlan): void {
    this.plans = this.plans.with(at, plan);
    this.disk.put(`/clinic/${plan.name}.campaign.yaml`, campaignText(plan, this.world.provider));
    this.disk.put(`/clinic/${plan.name}.csv`, listText(plan));
    this.disk.put(`/clinic/${plan.name}-suppressed.csv`, suppressedText(plan));
    for (const list of ['recipients', 'suppressed'] as const) this.witness.forbidden.listIs(plan.name, list, 'whole');
    for (const phone of plan.suppressed) this.witness.forbidden.suppressed(plan.name, phone);
  }

  /** One of a campaign's lists cannot be read any more. */
  spoil({ campaign, list, how }: Omit<Edit & { readonly kind: 'spoil' }, 'kind'>): void {
    const { name } = this.plans[campaign] ?? {};
    if (name === undefined) return;
    const path = `/clinic/${name}${list === 'suppressed' ? '-suppressed' : ''}.csv`;
    if (how === 'missing') void this.disk.remove(path);
    else this.disk.put(path, `${this.disk.text(path)?.split('\n')[0] ?? 'phone'}\nnobody,"\n`);
    this.witness.forbidden.listIs(name, list, 'spoilt');
  }

  /** Its lists are as they should be. */
  mend(campaign: number): void {
    const plan = this.plans[campaign];
    if (plan !== undefined) this.write(campaign, plan);
  }

  /** A process that begins now. */
  process({ hostname, wallOffsetMs, strokes }: Pick<RunPlan, 'hostname' | 'wallOffsetMs' | 'strokes'>): Process {
    this.#pid += 1;
    const pid = this.#pid;
    this.#alive.add(pid);
    const process = new Process({
      clock: this.clock,
      files: this.disk,
      wire: this.#wire,
      pid,
      hostname,
      mayBeAlive: (other) => this.#alive.has(other),
      seed: this.world.seed + pid,
      wallOffsetMs,
      strokes,
      struck: (kind) => {
        this.counts[kind === 'kill' ? 'kills' : 'freezes'] += 1;
      },
      spins: () => {
        this.witness.broken('a run ends', `process ${String(pid)} goes round and round, and no time passes`);
        process.kill();
      },
    });
    return process;
  }

  /** A process ended, or was killed. */
  gone(process: Process): void {
    process.isOver = true;
    this.#alive.delete(process.pid);
  }

  /** Before the store goes away. */
  tally(): void {
    this.counts.inDoubt += this.ledger.events('doubted');
    this.counts.unresolved += this.ledger.events('gave_up');
    this.counts.imported += this.ledger.events('imported');
  }

  close(): void {
    this.tally();
    this.store.remove();
    this.counts.dials = this.witness.dials.length;
    this.counts.ms = this.clock.monotonic();
  }

  #openProvider(): Wire {
    const { world, clock, weather, witness } = this;
    const dialsIn = dialReader(world, witness.scheduledMs);
    const kind = sandboxes[world.provider.name];
    if (kind === undefined) throw new Error('no such sandbox');
    const sandbox = kind.open({
      clock,
      random: seededRandom(world.seed + 1),
      faults: weather.faults,
      callsPerSecond: 0,
      life: { numbers: world.fates, talkMs: [world.talkMs, world.talkMs] },
      ...(world.provider.name === 'happyrobot' ? { resource: { id: useCase, fields: {} } } : {}),
      log: (line) => checkDials(witness, dialsIn(line)),
    });
    return network(sandbox.http, { ...world.provider, clock, random: seededRandom(world.seed + 2), weather, witness });
  }
}
