import type { Faults } from '../../src/sandbox/faults.ts';
import type { SimulatedWorld } from './world.ts';

/** What goes wrong at the provider at this time: as the world has it, or nothing any more. */
export class Weather {
  readonly faults: { -readonly [Name in keyof Faults]: Faults[Name] };
  /** Nothing goes wrong any more, since when. */
  calmMs: number = Infinity;
  isCalm: boolean = false;
  readonly #world: SimulatedWorld;
  readonly #now: () => number;
  /** When a request was first left without an answer that tells what it did. */
  #doubtedMs: number = Infinity;

  constructor(world: SimulatedWorld, now: () => number) {
    this.#world = world;
    this.#now = now;
    this.faults = { ...world.provider.faults };
  }

  becomes(weather: 'calm' | 'storm'): void {
    this.isCalm = weather === 'calm';
    if (this.isCalm) this.calmMs = this.#now();
    for (const fault of storms) this.faults[fault] = this.isCalm ? 0 : (this.#world.provider.faults[fault] ?? 0);
  }

  /** A request was left without an answer that tells what it did. */
  doubted(): void {
    this.#doubtedMs = Math.min(this.#doubtedMs, this.#now());
  }

  /** The status that reading is answered with; undefined: it is answered. */
  lockedOut(): number | undefined {
    const { lockout } = this.#world;
    const sinceMs = this.#now() - this.#doubtedMs;
    const isOver = this.isCalm || sinceMs < 0 || sinceMs >= (lockout?.forMs ?? 0);
    return isOver ? undefined : lockout?.status;
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
