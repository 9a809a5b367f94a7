import type { Handle } from '../model/attempt.ts';

/** What the provider's events named since it was last asked for. */
export type News = {
  readonly named: readonly Handle[];
  /** Some event did not say what it is about. */
  readonly isUnnamed: boolean;
};

/** Names that wait at most: what is forgotten beyond them is asked for in its time, as without any event. */
const mostNames = 1_000;
/** Ids of the four are a third as long. */
const longestId = 100;

/**
 * The provider's events, as hints: whoever knows the address can send them. Equal ones are one, and a flood of them takes no
 * more room and no more turns of the loop than a few.
 */
export class Heard {
  #named: Map<string, Handle> = new Map();
  #isUnnamed: boolean = false;
  readonly #listeners: Set<() => void> = new Set();
  readonly #branches: Heard[] = [];

  get isEmpty(): boolean {
    return this.#named.size === 0 && !this.#isUnnamed;
  }

  /** Called when something is heard after nothing was. Answers how to end that. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Hears the same from now on, and forgets it by itself: what one wave takes, another must still hear. */
  branch(): Heard {
    const branch = new Heard();
    this.#branches.push(branch);
    return branch;
  }

  /** An event; undefined: it does not say what it is about. */
  hear(about: Handle | undefined): void {
    this.keep(about);
    for (const branch of this.#branches) branch.hear(about);
  }

  /** Keeps what was taken for another time, here alone. */
  keep(about: Handle | undefined): void {
    const wasEmpty = this.isEmpty;
    if (about === undefined) this.#isUnnamed = true;
    else if (this.#named.size < mostNames && isShort(about)) this.#named.set(keyOf(about), about);
    if (!wasEmpty || this.isEmpty) return;
    for (const listener of this.#listeners) listener();
  }

  /** All that was heard, which is forgotten. */
  take(): News {
    const news = { named: [...this.#named.values()], isUnnamed: this.#isUnnamed };
    this.#named = new Map();
    this.#isUnnamed = false;
    return news;
  }
}

function keyOf({ batchId, callId }: Handle): string {
  return JSON.stringify([batchId, callId]);
}

function isShort({ batchId = '', callId = '' }: Handle): boolean {
  return batchId.length <= longestId && callId.length <= longestId;
}
