/** Caps on calls to one person, over campaigns and waves. */
import { expect, test } from 'vitest';
import { openGarage } from './garage.ts';

const day = 24 * 3_600_000;
const pace = ['concurrency: 10', 'rate: 5/s'];

test('a cap counts the calls of all campaigns of the store, and who is called often enough waits', async () => {
  await using garage = await openGarage({ people: 3, execution: [...pace, 'per_person: {calls: 1, per: 24h}'] });
  const beganMs = garage.world.clock.now();
  expect((await garage.run()).exit).toBe(0);
  const survey = await garage.open('shop-survey');
  const early = await garage.callplan('run', survey, '--apply', '--approve', '3', '--no-wait');
  expect(early.exit).toBe(10);
  expect(early.stdout).toContain('3  pending   3 called often enough for now');
  expect(garage.dials()).toHaveLength(3);
  expect((await garage.callplan('run', survey, '--approve', '3')).exit).toBe(0);
  expect(garage.dials()).toHaveLength(6);
  expect(garage.world.clock.now()).toBeGreaterThan(beganMs + day);
});

test('a cap of the campaign counts its own waves alone', async () => {
  const cap = 'per_person: [{calls: 1, per: 30d, in: campaign}, {calls: 2, per: 1h}]';
  await using garage = await openGarage({ people: 3, execution: [...pace, cap] });
  expect((await garage.run()).exit).toBe(0);
  const survey = await garage.open('shop-survey');
  expect((await garage.callplan('run', survey, '--apply', '--approve', '3', '--no-wait')).exit).toBe(0);
  expect(garage.dials()).toHaveLength(6);
  await garage.nameWave('2026-12');
  expect((await garage.run('--no-wait')).exit).toBe(10);
  expect(garage.dials()).toHaveLength(6);
  await garage.world.clock.sleep(29 * day);
  expect((await garage.run('--no-wait')).exit).toBe(10);
  await garage.world.clock.sleep(day);
  expect((await garage.run('--no-wait')).exit).toBe(0);
  expect(garage.dials()).toHaveLength(9);
});

test('a retry is a call of its own, whatever wave it is of', async () => {
  await using garage = await openGarage({
    people: 1,
    life: { shares: { no_answer: 1 } },
    execution: [...pace, 'attempts: {max: 3, retry: {no_answer: [1m]}}', 'per_person: {calls: 2, per: 24h}'],
  });
  expect((await garage.run('--max-duration', '2h')).exit).toBe(10);
  expect(garage.dials()).toHaveLength(2);
  await garage.nameWave('2026-12');
  const next = await garage.run('--no-wait');
  expect(next.stdout).toContain('1  pending   1 called often enough for now');
  expect(garage.dials()).toHaveLength(2);
});
