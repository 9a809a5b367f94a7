import { expect, test } from 'vitest';
import { suppressionOf } from '../../src/cli/run/suppression-of.ts';
import { loadSuppression } from '../../src/input/suppression.ts';
import type { Reach } from '../../src/input/reach.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { Source } from '../../src/model/source.ts';
import { parsePhone } from '../../src/recipients/phone.ts';
import { inMemory } from '../input/in-memory.ts';
import { list } from '../recipients/list.ts';

const address = 'https://lists.test/do-not-call.csv';
const source: Source = {
  kind: 'csv',
  path: '',
  file: address,
  at: { file: 'campaign.yaml', line: 30, col: 12 },
  address: { url: address, headers: {} },
};

test('a list behind an address is fetched again before the first call and every 60 seconds, and one that is gone stops the dialling', async () => {
  const files = inMemory({ '/0': '+2348030000101\n' });
  const fetches: number[] = [];
  let nowMs = 0;
  let asleepMs = 0;
  let isThere = true;
  const reach: Reach = {
    file: async ({ file: path, at }) => {
      fetches.push(nowMs);
      if (isThere) return { kind: 'fetched', path: '/0' };
      return { kind: 'failed', diagnostic: { code: 'SOURCE_ADDRESS', args: { path, problem: 'it answers 404' }, at } };
    },
    answer: () => Promise.reject(new Error('nobody asks a database')),
    again: () => reach,
    close: () => Promise.resolve(),
  };
  const campaign = { ...list({ block: { suppress: [source] } }), secrets: new Map() } as unknown as Campaign;
  const loaded = await loadSuppression(campaign.recipients, files, { reach });
  if (loaded.kind === 'failed') throw new Error(JSON.stringify(loaded.diagnostics));
  const clock = { now: () => nowMs + asleepMs, monotonic: () => nowMs, sleep: () => Promise.resolve() };
  const suppressed = suppressionOf(campaign, loaded.suppression, {
    clock,
    reach,
    files: files as unknown as Parameters<typeof suppressionOf>[2]['files'],
  });
  // Whoever had to approve the run may have taken their time.
  nowMs = 1_000;
  expect(await suppressed.refresh()).toBeUndefined();
  expect(fetches).toEqual([0, 1_000]);
  const added = parsePhone('+2348030000102', undefined);
  if (added.kind === 'rejected') throw new Error(added.code);
  files.write('/0', '+2348030000101\n+2348030000102\n');
  nowMs = 60_000;
  expect(await suppressed.refresh()).toBeUndefined();
  expect(suppressed.has(added.phone)).toBe(false);
  nowMs = 62_000;
  expect(await suppressed.refresh()).toBeUndefined();
  expect(suppressed.has(added.phone)).toBe(true);
  expect(fetches).toEqual([0, 1_000, 62_000]);
  files.write('/0', '+2348030000101\n');
  // The monotonic clock stands still while the machine sleeps.
  asleepMs = 8 * 3_600_000;
  expect(await suppressed.refresh()).toBeUndefined();
  expect(fetches).toEqual([0, 1_000, 62_000, 62_000]);
  isThere = false;
  nowMs = 122_000;
  expect(await suppressed.refresh()).toContain('could not be fetched');
});
