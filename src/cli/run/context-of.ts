import { tallyingOf } from '../../ledger/tallying.ts';
import type { World } from '../../ports.ts';
import type { RunContext } from '../../run/context.ts';
import { engineClock } from '../../run/engine-clock.ts';
import { watchHolders } from '../../run/watch-holders.ts';
import type { Scope } from '../../store/contract/lease.ts';
import type { ReadyWave } from './ready-wave.ts';

type Ready = Pick<
  ReadyWave,
  | 'target'
  | 'live'
  | 'seen'
  | 'store'
  | 'lease'
  | 'sent'
  | 'rendered'
  | 'suppression'
  | 'zonesOf'
  | 'options'
  | 'signals'
  | 'heard'
>;

/** What the engine works with. */
export function contextOf(ready: Ready, scope: Scope, world: World, report: RunContext['report']): RunContext {
  const { target, live, seen, store, lease, sent, rendered, suppression, zonesOf, options, signals, heard } = ready;
  return {
    ...target,
    live,
    ...(seen === undefined ? {} : { seen }),
    store,
    scope,
    lease,
    sent,
    ...(rendered === undefined ? {} : { rendered }),
    ...(heard === undefined ? {} : { heard }),
    suppression,
    tallying: tallyingOf(target.campaign.execution, () => world.clock.now()),
    zonesOf,
    clock: world.clock,
    time: engineClock(world.clock),
    random: world.random,
    isHeld: watchHolders({ store, clock: world.clock, host: world.host }),
    options,
    signals,
    report,
  };
}
