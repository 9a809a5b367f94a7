import { peaceIn } from './truth.ts';

/** Whom to call, or whom not to. */
type ListName = 'recipients' | 'suppressed';

/** Who is not to be called, and since when (true time), as lists say and the store was told. */
export class Forbidden {
  /** Whoever asked not to be called once. */
  readonly everOptedOut: Set<string> = new Set();
  readonly #now: () => number;
  /** Answers may be of anybody, as no reference tells. */
  readonly #isBlind: boolean;
  /** By campaign and phone. */
  readonly #suppressedMs: Map<string, number> = new Map();
  /** By list and campaign: it cannot be read. */
  readonly #unreadableMs: Map<string, number> = new Map();
  /** By phone. */
  #optedOutMs: Map<string, number> = new Map();
  /** The same, as a copy of the store has it. */
  #copiedMs: Map<string, number> = new Map();
  readonly #takenOff: Set<string> = new Set();

  constructor(now: () => number, { isBlind }: { readonly isBlind: boolean }) {
    this.#now = now;
    this.#isBlind = isBlind;
  }

  /** Since when somebody is on a campaign's list; Infinity: they are not. */
  suppressedMs(campaign: string, phone: string): number {
    return this.#suppressedMs.get(`${campaign} ${phone}`) ?? Infinity;
  }

  /** Since when the store knows of somebody who asked not to be called; Infinity: it does not. */
  optedOutMs(phone: string): number {
    return this.#optedOutMs.get(phone) ?? Infinity;
  }

  /** Since when a list of a campaign cannot be read, so that nobody must be called by it; Infinity: it can. */
  unreadableMs(campaign: string, list: ListName): number {
    return this.#unreadableMs.get(`${list} ${campaign}`) ?? Infinity;
  }

  /** Somebody is on a campaign's list. */
  suppressed(campaign: string, phone: string): void {
    const name = `${campaign} ${phone}`;
    if (!this.#suppressedMs.has(name)) this.#suppressedMs.set(name, this.#now());
  }

  /** A campaign's list was spoilt, or is whole again. */
  listIs(campaign: string, list: ListName, state: 'spoilt' | 'whole'): void {
    const name = `${list} ${campaign}`;
    if (state === 'whole') this.#unreadableMs.delete(name);
    else if (!this.#unreadableMs.has(name)) this.#unreadableMs.set(name, this.#now());
  }

  /** Somebody asked not to be called, and the store was told so. */
  optedOut(phone: string): void {
    this.everOptedOut.add(phone);
    if (!this.#optedOutMs.has(phone)) this.#optedOutMs.set(phone, this.#now());
  }

  /** A person took a number off the list. */
  optedIn(phone: string): void {
    this.#optedOutMs.delete(phone);
    this.#takenOff.add(phone);
  }

  /** An answer of the provider came to a process, which heeds the calls of its own waves. */
  told(body: string, isOwn: (tag: string) => boolean): void {
    for (const { phone, tag } of peaceIn(body)) {
      this.everOptedOut.add(phone);
      // A person may take a number off the list; the same call does not put it back.
      const isHeeded = !this.#takenOff.has(phone) && !this.#isBlind;
      if (isHeeded && tag !== undefined && isOwn(tag)) this.optedOut(phone);
    }
  }

  /** A copy of the store was put aside. */
  storeCopied(): void {
    this.#copiedMs = new Map(this.#optedOutMs);
  }

  /** The store became that copy, or is gone. */
  storeForgot(what: 'something' | 'everything'): void {
    this.#optedOutMs = what === 'everything' ? new Map() : new Map(this.#copiedMs);
  }
}
