/** Which recipients ended otherwise in another wave: one wave's results are taken in first, then the other's. */
import { endTable } from './end-table.ts';
import type { End, ReadResult } from './read-result.ts';

/** Recipients that ended in one way in the first wave and in another in the second. */
export type EndChange = {
  readonly from: End;
  readonly to: End;
  readonly recipients: number;
  /** HMACs, in the order of the second wave's list. */
  readonly who: readonly string[];
};

/** How the recipients of two waves, A and B, ended in one and the other. */
export type EndsCompared = {
  readonly in_both: number;
  readonly only_in_a: number;
  readonly only_in_b: number;
  /** Of those in both: ended alike. */
  readonly alike: number;
  /** The most common first. */
  readonly changes: readonly EndChange[];
};

/** Compares as results pass: all of A, then all of B. */
export type EndsComparison = {
  readonly addA: (result: ReadResult) => void;
  /** After all of the first wave. */
  readonly addB: (result: ReadResult) => void;
  readonly compared: () => EndsCompared;
};

/** @param most HMACs that are kept of each change */
export function compareEnds(most: number): EndsComparison {
  const table = endTable();
  const ends: End[] = [];
  const indexes = new Map<string, number>();
  const changes = new Map<string, { from: End; to: End; recipients: number; who: string[] }>();
  let [inA, inBoth, onlyInB, alike] = [0, 0, 0, 0];
  const indexOf = (end: End): number => {
    const text = JSON.stringify([end.outcome, end.reply]);
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, ends.length);
    return ends.push(end) - 1;
  };
  const change = (index: number, toIndex: number, recipient: string): void => {
    const [from, to] = [ends[index], ends[toIndex]];
    if (from === undefined || to === undefined) return;
    const name = `${String(index)} ${String(toIndex)}`;
    const known = changes.get(name) ?? { from, to, recipients: 0, who: [] };
    known.recipients += 1;
    if (known.who.length < most) known.who.push(recipient);
    changes.set(name, known);
  };
  return {
    addA: ({ recipient, end }) => {
      inA += 1;
      table.put(recipient, indexOf(end));
    },
    addB: ({ recipient, end }) => {
      const index = table.get(recipient);
      if (index === undefined) {
        onlyInB += 1;
        return;
      }
      inBoth += 1;
      const toIndex = indexOf(end);
      if (index === toIndex) alike += 1;
      else change(index, toIndex, recipient);
    },
    compared: () => ({
      in_both: inBoth,
      only_in_a: inA - inBoth,
      only_in_b: onlyInB,
      alike,
      changes: [...changes.values()].toSorted(byFrequency),
    }),
  };
}

function byFrequency(a: EndChange, b: EndChange): number {
  return b.recipients - a.recipients || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ from, to }: EndChange): string {
  return JSON.stringify([from.outcome, from.reply ?? '', to.outcome, to.reply ?? '']);
}
