import type { Execution } from '../model/execution.ts';
import type { AttemptChange, Tally } from '../model/tally.ts';
import type { Trip } from '../model/trip.ts';
import { nextTally } from './next-tally.ts';
import { tripOf } from './trip.ts';

/** What is done with a wave's tally at each ledger write, under one campaign's rules. */
export function tallyingOf(
  execution: Pick<Execution, 'canary' | 'stopWhen'>,
  wallMs: () => number,
): {
  readonly count: (tally: Tally, change: AttemptChange) => Tally;
  readonly trip: (tally: Tally) => Trip | undefined;
} {
  return {
    count: (tally, change) => nextTally(tally, change, execution),
    trip: (tally) => tripOf(tally, execution, wallMs()),
  };
}
