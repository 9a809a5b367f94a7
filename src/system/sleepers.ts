/** One who waits for `untilMs` of a virtual clock. */
export type Sleeper = { readonly untilMs: number; readonly wake: () => void };

/** Who waits for which time. */
export type Sleepers = {
  readonly add: (sleeper: Sleeper) => void;
  /** Takes one out before its time; again is harmless. */
  readonly forget: (sleeper: Sleeper) => void;
  /** The earliest time that somebody waits for. */
  readonly nextMs: () => number | undefined;
  /** Takes out all whose time has come, earliest first, of equal time the first come. */
  readonly takeUntil: (ms: number) => readonly Sleeper[];
};

/** One list a time in order of coming; the times in a binary heap. Who waits for ever is not kept. */
export function sleepers(): Sleepers {
  const byTime = new Map<number, Set<Sleeper>>();
  const times: number[] = [];

  function nextMs(): number | undefined {
    for (;;) {
      const first = times[0];
      if (first === undefined) return undefined;
      if ((byTime.get(first)?.size ?? 0) > 0) return first;
      byTime.delete(first);
      takeFirst(times);
    }
  }

  return {
    add: (sleeper) => {
      if (!Number.isFinite(sleeper.untilMs)) return;
      const same = byTime.get(sleeper.untilMs);
      if (same !== undefined) {
        same.add(sleeper);
        return;
      }
      byTime.set(sleeper.untilMs, new Set([sleeper]));
      insert(times, sleeper.untilMs);
    },
    forget: (sleeper) => byTime.get(sleeper.untilMs)?.delete(sleeper),
    nextMs,
    takeUntil: (ms) => {
      const due: Sleeper[] = [];
      for (let at = nextMs(); at !== undefined && at <= ms; at = nextMs()) {
        for (const sleeper of byTime.get(at) ?? []) due.push(sleeper);
        byTime.delete(at);
      }
      return due;
    },
  };
}

function insert(heap: number[], value: number): void {
  let at = heap.length;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || parent <= value) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = value;
}

function takeFirst(heap: number[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    if (left === undefined) break;
    const right = heap[2 * at + 2] ?? Infinity;
    const child = Math.min(left, right);
    if (child >= last) break;
    heap[at] = child;
    at = left <= right ? 2 * at + 1 : 2 * at + 2;
  }
  heap[at] = last;
}
