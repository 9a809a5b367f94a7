/** A process that stands still for longer than its lease, and then goes on: see what is left over in design 6.1. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isPlacing } from './provider.ts';
import { approved, people, shown, stage } from './stage.ts';
import { expectPromiseKept } from './invariants.ts';

test('a run that was frozen while another took over sends nothing any more', { timeout: 120_000 }, async () => {
  await using scene = await stage({ campaign: { concurrency: 1 } });
  const { intron, campaign } = scene;
  const first = campaign.run(approved);
  const frozen = Promise.withResolvers<undefined>();
  // While its only request is under way it writes nothing, so it does not hold the store's lock for ever.
  intron.once('before', isPlacing, async () => {
    await sleep(300);
    first.kill('SIGSTOP');
    frozen.resolve(undefined);
    return undefined;
  });
  await frozen.promise;
  const second = campaign.run(approved);
  while (intron.dials().length < 2) await sleep(50);
  expect(second.stderr()).toMatch(/watching\s+its\s+heartbeat/);
  first.kill('SIGCONT');
  expect((await first.finished).code).toBe(6);
  expect(shown(await second.finished)).toEqual({ code: 0 });
  expectPromiseKept(intron, campaign.results(), people);
  expect(intron.dials()).toHaveLength(people);
});
