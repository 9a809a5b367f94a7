import type { Admitted, Candidate } from '../model/candidate.ts';
import { canonicalJson } from '../model/digest.ts';
import type { Fields } from '../model/value.ts';

/** Admitted attempts that go out in one request. */
export type Batch = { readonly dispatch: string; readonly admitted: readonly Admitted[] };

/**
 * Gives candidates their dispatch while they are admitted: those with equal per-request options share one until it is
 * full; one that must go alone gets its own.
 */
export function batcher(options: {
  readonly size: number;
  readonly perRequest: readonly string[];
  readonly newId: () => string;
}): (candidate: Pick<Candidate, 'alone' | 'call'>) => string {
  const filling = new Map<string, { readonly id: string; room: number }>();
  return (candidate) => {
    if (candidate.alone || options.size === 1) return options.newId();
    const key = groupKey(candidate.call, options.perRequest);
    const current = filling.get(key);
    if (current !== undefined && current.room > 0) {
      current.room -= 1;
      return current.id;
    }
    const id = options.newId();
    filling.set(key, { id, room: options.size - 1 });
    return id;
  };
}

/** Admitted attempts by their dispatch, in order. */
export function batchesOf(admitted: readonly Admitted[]): readonly Batch[] {
  const batches = Map.groupBy(admitted, ({ attempt }) => attempt.dispatch);
  return [...batches].map(([dispatch, members]) => ({ dispatch, admitted: members }));
}

function groupKey(call: Fields, perRequest: readonly string[]): string {
  // Absent is not null: null is sent.
  return canonicalJson(perRequest.map((name) => (Object.hasOwn(call, name) ? [call[name]] : [])));
}
