/**
 * One engine process: doors to the world that count every await, and can stop there for good or for a while. A process
 * that was killed gets no answer any more and reaches nothing: what it did before stays, what it would have done is gone.
 */
import { hash } from 'node:crypto';
import type { Clock, Downloaded, Exchange, Files, Http, Interruption, WireRequest } from '../../src/ports.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import type { Store } from '../../src/store/contract/store.ts';
import type { World as CommandWorld } from '../../src/cli/world.ts';
import { fakeTerminal } from '../support/terminal.ts';

/** What happens to a process when it comes to an await. */
export type Stroke =
  | { readonly kind: 'kill'; readonly atAwait: number }
  /** `machine`: all of the machine sleeps, and its monotonic clock with it; else the process alone stands still. */
  | { readonly kind: 'freeze'; readonly atAwait: number; readonly forMs: number; readonly what: 'process' | 'machine' };

/** How long a process stands still at most. */
export function frozenMs(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, one) => sum + (one.kind === 'freeze' ? one.forMs : 0), 0);
}

export type ProcessOptions = {
  /** True time. */
  readonly clock: Clock;
  readonly files: Files;
  /** The way to the provider: from when headers leave until the answer is there. */
  readonly wire: Wire;
  readonly pid: number;
  readonly hostname: string;
  readonly mayBeAlive: (pid: number) => boolean;
  readonly seed: number;
  /** How far its wall clock is off. */
  readonly wallOffsetMs: number;
  readonly strokes: readonly Stroke[];
  /** Told of every stroke as it falls. */
  readonly struck: (kind: Stroke['kind']) => void;
  /** Told when it goes round and round and no time passes: the clock would stand still for ever. */
  readonly spins: () => void;
};

export type Wire = (process: Process, request: WireRequest, signal: AbortSignal) => Promise<Exchange>;

/** Awaits at one instant; the longest turn of a run has some hundred. */
const mostAwaits = 10_000;

export class Process {
  readonly pid: number;
  readonly world: CommandWorld;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
  wallOffsetMs: number;
  awaits: number = 0;
  isDead: boolean = false;
  /** It ended by itself, or was told to leave at once. */
  isOver: boolean = false;
  /** Ms that it stood still. */
  stoodMs: number = 0;
  /** True time at which it went on after it had stood still. */
  thawedMs: number = -Infinity;
  readonly #options: ProcessOptions;
  readonly #startMs: number;
  readonly #listeners: Set<(how: Interruption) => void> = new Set();
  readonly #ends: (() => void)[] = [];
  #sleptMs: number = 0;
  /** The last instant at which it came to an await, and how many it had come to before. */
  #instant: { readonly atMs: number; readonly awaits: number } = { atMs: 0, awaits: 0 };
  #thaw: Promise<void> | undefined;
  #dies: () => void = () => undefined;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.pid = options.pid;
    this.wallOffsetMs = options.wallOffsetMs;
    this.#startMs = options.clock.monotonic();
    this.killed = new Promise((resolve) => {
      this.#dies = resolve;
    });
    this.world = this.#worldOf(options);
  }

  /** Its wall clock. */
  now(): number {
    return this.#options.clock.now() + this.wallOffsetMs;
  }

  /** Every await on a door passes here before and after. */
  async gate(): Promise<void> {
    this.#countAwait();
    for (const stroke of this.#options.strokes) if (stroke.atAwait === this.awaits) this.#strike(stroke);
    while (this.#thaw !== undefined && !this.isDead) await this.#thaw;
    if (this.isDead) await never;
  }

  #countAwait(): void {
    const atMs = this.#options.clock.monotonic();
    if (atMs > this.#instant.atMs) this.#instant = { atMs, awaits: this.awaits };
    this.awaits += 1;
    if (this.awaits - this.#instant.awaits > mostAwaits) this.#options.spins();
  }

  kill(): void {
    if (this.isDead) return;
    this.isDead = true;
    for (const end of this.#ends) end();
    this.#dies();
  }

  /** What the system does when the process is gone. */
  onEnd(end: () => void): void {
    this.#ends.push(end);
  }

  get stands(): boolean {
    return this.#thaw !== undefined;
  }

  interrupt(): void {
    for (const listener of this.#listeners) listener('SIGTERM');
  }

  /** A store whose every call is an await. */
  storeOf(store: Store): Store {
    const gated = new Map<PropertyKey, unknown>();
    return new Proxy(store, {
      get: (target, name): unknown => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || name === 'close') return value;
        const known = gated.get(name);
        if (known !== undefined) return known;
        const call = name === 'results' ? this.#gatedRows(value) : this.#gatedCall(value);
        gated.set(name, call);
        return call;
      },
    });
  }

  #gatedCall(call: Function): unknown {
    return async (...args: readonly unknown[]) => {
      await this.gate();
      const asked: Promise<unknown> = call(...args);
      // Of a process that is gone nobody hears.
      asked.catch(() => undefined);
      try {
        return await asked;
      } finally {
        await this.gate();
      }
    };
  }

  #gatedRows(call: Function): unknown {
    const gate = (): Promise<void> => this.gate();
    return async function* (...args: readonly unknown[]) {
      await gate();
      for await (const row of call(...args)) {
        yield row;
        await gate();
      }
    };
  }

  #strike(stroke: Stroke): void {
    this.#options.struck(stroke.kind);
    if (stroke.kind === 'kill') {
      this.kill();
      return;
    }
    this.stoodMs += stroke.forMs;
    this.#thaw = this.#options.clock.sleep(stroke.forMs).then(() => {
      if (stroke.what === 'machine') this.#sleptMs += stroke.forMs;
      this.#thaw = undefined;
      this.thawedMs = this.#options.clock.now();
    });
  }

  #worldOf(options: ProcessOptions): CommandWorld {
    const { seed, hostname, pid, mayBeAlive } = options;
    const unused = (): never => {
      throw new Error('a simulated run has no use for this door');
    };
    return {
      clock: this.#clockOf(options.clock),
      random: seededRandom(seed),
      files: this.#filesOf(options.files),
      http: this.#httpOf(options.wire),
      syncFile: () => Promise.resolve(),
      modules: { realPath: unused, load: unused },
      env: { PROVIDER_API_KEY: 'made-up', USER: 'amina' },
      terminal: fakeTerminal(),
      download: ({ url, path }) => this.#download(new URL(url).pathname, path),
      serve: unused,
      host: { hostname, pid, started: String(pid), runtime: 'a simulation', mayBeAlive },
      signals: {
        onInterrupt: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      },
      cwd: '/clinic',
      git: () => Promise.resolve(undefined),
      scratch: () => Promise.resolve({ path: `/scratch/${String(pid)}`, remove: () => Promise.resolve() }),
      rehearsal: unused,
      providers: { find: findProvider, own: [], broken: [], loadModule: unused },
      reach: undefined,
    };
  }

  /** What lies behind an address is the file of that name in the clinic's folder. */
  async #download(name: string, to: string): Promise<Downloaded> {
    const { files } = this.#options;
    await this.gate();
    const found = await files.read(`/clinic${name}`).catch(() => undefined);
    await this.gate();
    if (found === undefined) return { kind: 'failed', problem: 'HTTP 404' };
    await files.writeAtomically(to, new TextDecoder().decode(found));
    return { kind: 'saved', sha256: hash('sha256', found) };
  }

  #clockOf(clock: Clock): Clock {
    const monotonic = (): number => clock.monotonic() - this.#startMs - this.#sleptMs;
    return {
      now: () => this.now(),
      monotonic,
      sleep: async (ms, signal) => {
        await this.gate();
        const untilMs = monotonic() + ms;
        // Only a machine that slept meanwhile has any of it left.
        for (let leftMs = ms; ; leftMs = untilMs - monotonic()) {
          await clock.sleep(leftMs, signal);
          if (untilMs - monotonic() < 1 || signal?.aborted === true || this.isDead) break;
        }
        await this.gate();
      },
    };
  }

  #filesOf(files: Files): Files {
    const gated = async <T>(work: () => Promise<T>): Promise<T> => {
      await this.gate();
      try {
        return await work();
      } finally {
        await this.gate();
      }
    };
    const gate = (): Promise<void> => this.gate();
    return {
      info: (path) => gated(() => files.info(path)),
      read: (path) => gated(() => files.read(path)),
      list: (path) => gated(() => files.list(path)),
      stream: async function* (path) {
        await gate();
        for await (const chunk of files.stream(path)) yield chunk;
        await gate();
      },
      writeAtomically: (path, content, mode) => gated(() => files.writeAtomically(path, content, mode)),
      append: (path) => files.append(path),
      remove: (path) => gated(() => files.remove(path)),
    };
  }

  #httpOf(wire: Wire): Http {
    return async (request, signal) => {
      await this.gate();
      const exchange = await wire(this, request, signal);
      await this.gate();
      return exchange;
    };
  }
}

const never: Promise<never> = new Promise(() => undefined);
