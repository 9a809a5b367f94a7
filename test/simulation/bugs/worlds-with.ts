/** Worlds in which several bugs can show. */
import type { SimulatedWorld } from '../world.ts';

/** Answers are often lost on the way. */
export function oftenLost({ provider: { faults } }: SimulatedWorld): boolean {
  return (faults['lose-response'] ?? 0) >= 0.25;
}

/** Some are to be dialled at a time of their own. */
export function hasTimes({ campaigns }: SimulatedWorld): boolean {
  return campaigns.some(({ rows }) => rows.some(({ scheduledMs }) => scheduledMs !== undefined));
}

/** Test calls beside runs. */
export function hasTests({ episodes }: SimulatedWorld): boolean {
  return episodes.some(({ runs }) => runs.some(({ testing }) => testing !== undefined));
}

/** Whom to call is another between the question and the answer. */
export function changesBeforeAnswer({ episodes }: SimulatedWorld): boolean {
  return episodes.some(({ runs }) =>
    runs.some(({ answering }) => answering?.edits.some(({ kind }) => kind === 'drop' || kind === 'renumber')),
  );
}

/** The store is lost, or becomes an older copy. */
export function losesStore({ episodes }: SimulatedWorld): boolean {
  return episodes.some(({ edits }) => edits.some(({ kind }) => kind === 'lose' || kind === 'restore'));
}
