import type { Faults } from '../../src/sandbox/faults.ts';
import type { Draw } from './draw.ts';

export type ProviderName = 'intron' | 'happyrobot' | 'voiceos' | 'vocode';

export type ProviderPlan = {
  readonly name: ProviderName;
  readonly type: 'ROBOCALL' | 'CONVERSATION';
  readonly faults: Faults;
  /** The network: longest way out before headers leave, and from there to the provider. */
  readonly connectMs: number;
  readonly flightMs: number;
  /** Shares of requests that cannot connect, and of those whose answer never comes. */
  readonly refused: number;
  readonly hangs: number;
};

/** Each fault is on in some worlds. A listing never lags for longer than the settle time less the longest flight. */
export function drawProvider(draw: Draw, settleS: number): ProviderPlan {
  const share = (odds: number, most: number): number => (draw.chance(odds) ? most * draw.pick(0.2, 0.5, 1) : 0);
  const name = draw.pick<ProviderName>('intron', 'intron', 'happyrobot', 'voiceos', 'vocode');
  const flag = (odds: number): true | undefined => (draw.chance(odds) ? true : undefined);
  const repeats = flag(0.1);
  const flags = {
    'no-echo': flag(0.06),
    'echo-requests-only': name === 'intron' ? flag(0.15) : undefined,
    'duplicate-items': repeats,
    'missing-entry': flag(0.05),
    'extra-fields': flag(0.1),
  };
  const flightMs = draw.pick(0, 0, 50, 3_000);
  return {
    name,
    type: draw.pick('ROBOCALL', 'CONVERSATION'),
    connectMs: draw.pick(0, 0, 40, 4_000),
    flightMs,
    refused: share(0.15, 0.3),
    hangs: share(0.15, 0.15),
    faults: {
      'lose-response': share(0.4, 0.5),
      'fail-after-placing': share(0.35, 0.5),
      'fail-before-placing': share(0.2, 0.3),
      refuse: share(0.1, 0.2),
      throttle: share(0.15, 0.2),
      'throttle-no-header': share(0.1, 0.2),
      'cut-body': share(0.2, 0.2),
      html: share(0.08, 0.1),
      redirect: share(0.05, 0.1),
      'unknown-status': share(0.08, 0.2),
      'list-lag': draw.pick(0, 0, 2_000, settleS * 1_000 - 4_000),
      slow: draw.pick(0, 0, 0, 100, 2_000),
      'clock-skew': draw.pick(0, 0, 0, 90_000, -90_000),
      // A page that repeats an item shows fewer of the others, and two of them would never make a whole.
      'page-cap': repeats === true ? 100 : draw.pick(2, 3, 100),
      ...Object.fromEntries(Object.entries(flags).filter(([, on]) => on !== undefined)),
    },
  };
}
