/** What can be true of a command when it ends; several may be. The comment says how it comes about. */
export type Ending =
  /** Done, and everybody has a final outcome, whatever it is. */
  | 'done'
  /** An error that nobody expected: a bug. */
  | 'unexpected'
  /** Resources differ, a run would call somebody, or two waves differ; only with --detailed-exitcode. */
  | 'differs'
  /** Invalid files: findings, a path that is not there, too many invalid rows. */
  | 'invalid'
  /** A conflict, something out of sync, a stale plan: nothing written, nobody called. */
  | 'conflict'
  /** A guard, or an approval that was not given. */
  | 'refused'
  /** Another process holds the address or the store. */
  | 'held'
  /** A resource was not applied, or attempts are unresolved. */
  | 'unsettled'
  /** Credentials or environment: key, store, network. */
  | 'environment'
  /** Stopped by a breaker or a person. */
  | 'stopped'
  /** Not everybody has been called; running again goes on. */
  | 'resumable'
  /** The command line is wrong. */
  | 'usage'
  /** SIGINT. */
  | 'interrupted'
  /** SIGTERM. */
  | 'terminated';

/** Exit codes in order of precedence: the first that holds is the command's (design 3). */
const precedence = [
  ['interrupted', 130],
  ['terminated', 143],
  ['unexpected', 1],
  ['usage', 64],
  ['invalid', 3],
  ['environment', 8],
  ['held', 6],
  ['conflict', 4],
  ['refused', 5],
  ['stopped', 9],
  ['resumable', 10],
  ['unsettled', 7],
  ['differs', 2],
  ['done', 0],
] as const satisfies readonly (readonly [Ending, number])[];

/** The one function that turns results into an exit code. Nothing that holds is 0. */
export function exitCode(endings: Iterable<Ending>): number {
  const held = new Set(endings);
  return precedence.find(([ending]) => held.has(ending))?.[1] ?? 0;
}
