import { expect, test } from 'vitest';
import { playWorld } from './simulate.ts';
import { drawWorld } from './draw-world.ts';
import type { SimulatedWorld } from './world.ts';

/** All of them where there is time. */
const step = process.env['CALLPLAN_LONG'] === undefined ? 4 : 1;

/** Two people, two runs: the first is killed at its k-th await, the second takes over. */
function killedAt(atAwait: number): SimulatedWorld {
  const world = drawWorld(2_000);
  const [campaign] = world.campaigns;
  const { faults } = world.provider;
  if (campaign === undefined) throw new Error('the world has no campaign');
  return {
    ...world,
    provider: {
      ...world.provider,
      name: 'intron',
      flightMs: 0,
      connectMs: 0,
      refused: 0,
      hangs: 0,
      faults: { 'page-cap': faults['page-cap'] ?? 100 },
    },
    campaigns: [
      {
        ...campaign,
        rows: ['+2348031234010', '+2348031234011'].map((phone, at) => ({
          id: `C-${String(at)}`,
          phone,
          zone: 'Africa/Lagos',
        })),
        suppressed: [],
        execution: {
          concurrency: 2,
          rate: { calls: 10, per: 's' },
          batchSize: 1,
          hours: { kind: 'always' },
          maxAttempts: 1,
          retry: { no_answer: [1], busy: [1] },
          caps: [],
          stops: {},
          settleS: 20,
          everyS: 15,
        },
      },
    ],
    talkMs: 3_000,
    episodes: [
      {
        gapMs: 0,
        edits: [],
        runs: [
          {
            campaign: 0,
            hostname: 'front-desk',
            afterMs: 0,
            wait: true,
            wallOffsetMs: 0,
            strokes: [{ kind: 'kill', atAwait }],
            interruptions: [],
          },
        ],
      },
    ],
  };
}

test('a run that is killed at any of its awaits calls nobody twice and loses nobody', async () => {
  const broken: string[] = [];
  let last = 0;
  for (let at = 1; last === 0; at += step) {
    const { violations, counts } = await playWorld(killedAt(at));
    for (const { invariant, what } of violations) broken.push(`await ${String(at)}: ${invariant}: ${what}`);
    if (counts.kills === 0) last = at;
  }
  expect(broken).toEqual([]);
  expect(last).toBeGreaterThan(50);
}, 120_000);
