import type { FrozenRow } from '../../recipients/frozen.ts';
import { countOf } from '../../model/count-of.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { ParentWave } from './parent-wave.ts';

/** Whom a rerun is about, and who of those chosen it leaves out. */
export type FrozenList = {
  readonly rows: () => AsyncIterable<readonly FrozenRow[]>;
  /** After reading: those left out, in words. */
  readonly leftOut: () => readonly string[];
  /** After reading: the other reruns that have called some of them. */
  readonly callers: () => readonly string[];
};

/** The chosen recipients of the parent but those whom another rerun of it has called, or whom no list has named. */
export function frozenList({ waveId, parent, choice }: ParentWave, store: Pick<ReadStore, 'frozen'>): FrozenList {
  let called = new Map<string, number>();
  let nameless = 0;
  async function* rows(): AsyncGenerator<readonly FrozenRow[]> {
    called = new Map();
    nameless = 0;
    for await (const page of store.frozen(waveId, choice)) {
      const left: FrozenRow[] = [];
      for (const recipient of page) {
        const { calledBy, isNameless, position } = recipient;
        if (calledBy !== undefined) called.set(calledBy, (called.get(calledBy) ?? 0) + 1);
        else if (isNameless) nameless += 1;
        else left.push({ recipient, place: { source: `wave ${parent.wave}`, line: position, unit: 'row' } });
      }
      yield left;
    }
  }
  return {
    rows,
    callers: () => [...called.keys()],
    leftOut: () => [...[...called].map(calledWords), ...(nameless === 0 ? [] : [namelessWords(nameless)])],
  };
}

function calledWords([wave, people]: readonly [string, number]): string {
  return `${countOf(people, 'person was', 'people were')} called again by wave ${wave} already; to call them once more, rerun that one`;
}

function namelessWords(people: number): string {
  return `${countOf(people, 'person was', 'people were')} found at the provider and no list has named them: not called`;
}
