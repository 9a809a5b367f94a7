import { expect, test } from 'vitest';
import { progressOf } from '../../src/cli/progress.ts';
import type { Snapshot } from '../../src/cli/progress.ts';
import { world } from '../support/world.ts';

const early: Snapshot = { calls: { done: 2, open: 5, pending: 53, inDoubt: 0, unresolved: 0 }, rate: 58.2 };
const late: Snapshot = {
  calls: { done: 55, open: 0, pending: 3, inDoubt: 1, unresolved: 1 },
  rate: 12,
  note: 'waiting for the window',
};

test('writes one line per ten seconds where there is no terminal, and the last one at the end', async () => {
  await using made = await world();
  const progress = progressOf(made);
  for (let second = 0; second < 12; second += 1) {
    progress.show({ ...early, calls: { ...early.calls, done: second } });
    await made.clock.sleep(1000);
  }
  progress.show({ ...late, nextAtMs: made.clock.now() + 250_000 });
  progress.close();
  expect(made.terminal.stdoutText()).toBe('');
  expect(made.terminal.stderrText()).toBe(
    [
      '0 of 58 done, 5 open, 53 pending, 58/min',
      '10 of 68 done, 5 open, 53 pending, 58/min',
      '55 of 60 done, 3 pending, 1 may have been called, 1 unresolved, 12/min,',
      '  waiting for the window, next in 4 min 10 s',
      '',
    ].join('\n'),
  );
});

test('writes a line an hour while it waits, and one every five minutes while nothing comes of calls', async () => {
  await using made = await world();
  const progress = progressOf(made);
  const hourMs = 3_600_000;
  const nextAtMs = made.clock.now() + 3 * hourMs;
  const waiting: Snapshot = { calls: { ...late.calls, inDoubt: 0 }, rate: 0 };
  for (let minute = 0; minute < 180; minute += 1) {
    progress.show({ ...waiting, nextAtMs });
    await made.clock.sleep(60_000);
  }
  for (let minute = 0; minute < 11; minute += 1) {
    progress.show({
      ...waiting,
      calls: { ...waiting.calls, open: 3, pending: 0 },
      nextAtMs: made.clock.now() + minute * 1000,
    });
    await made.clock.sleep(60_000);
  }
  expect(made.terminal.stderrText()).toBe(
    [
      '55 of 59 done, 3 pending, 1 unresolved, 0/min, next in 3 h',
      '55 of 59 done, 3 pending, 1 unresolved, 0/min, next in 2 h',
      '55 of 59 done, 3 pending, 1 unresolved, 0/min, next in 1 h',
      '55 of 59 done, 3 open, 1 unresolved, 0/min, next in 0 s',
      '55 of 59 done, 3 open, 1 unresolved, 0/min, next in 5 s',
      '55 of 59 done, 3 open, 1 unresolved, 0/min, next in 10 s',
      '',
    ].join('\n'),
  );
});

test('counts calls whose status nobody named', async () => {
  await using made = await world();
  const progress = progressOf(made);
  progress.show({ ...early, unknown: 2 });
  progress.close();
  expect(made.terminal.stderrText()).toBe('2 of 60 done, 5 open, 2 with an unknown status, 53 pending, 58/min\n');
});

test('does not write the same line twice', async () => {
  await using made = await world();
  const progress = progressOf(made);
  progress.show(early);
  progress.say('the provider accepts nothing');
  progress.close();
  expect(made.terminal.stderrText()).toBe('2 of 60 done, 5 open, 53 pending, 58/min\nthe provider accepts nothing\n');
});

test('redraws two lines of the terminal, ten times a second at most, and keeps what is said above it', async () => {
  await using made = await world({ tty: true });
  const progress = progressOf(made);
  progress.show(early);
  progress.show(late);
  await made.clock.sleep(100);
  progress.show({ ...late, note: 'waiting for the window, which opens on Monday at 09:00 in Africa/Lagos' });
  progress.say('1 call that this store did not know was found at the provider');
  progress.close();
  const written = made.terminal.stderrText().replaceAll('\u001B', '␛').replaceAll('\r', '␍');
  expect(written).toMatchInlineSnapshot(`
    "␛[2m░░░░░░░░░░␛[22m 2 of 60 done · 5 open · 53 pending
    ␛[2m58/min␛[22m␛[1A␍␛[J␛[32m█████████␛[39m␛[2m░␛[22m 55 of 60 done · 3 pending · 1 may have been called · 1 unresolved
    ␛[2m12/min, waiting for the window, which opens on Monday at 09:00 in Africa/Lagos␛[22m␛[1A␍␛[J1 call that this store did not know was found at the provider
    ␛[32m█████████␛[39m␛[2m░␛[22m 55 of 60 done · 3 pending · 1 may have been called · 1 unresolved
    ␛[2m12/min, waiting for the window, which opens on Monday at 09:00 in Africa/Lagos␛[22m␛[1A␍␛[J␛[32m█████████␛[39m␛[2m░␛[22m 55 of 60 done · 3 pending · 1 may have been called · 1 unresolved
    ␛[2m12/min, waiting for the window, which opens on Monday at 09:00 in Africa/Lagos␛[22m
    "
  `);
});

test('says nothing at all if it was never told anything', async () => {
  await using made = await world({ tty: true });
  progressOf(made).close();
  expect(made.terminal.stderrText()).toBe('');
});
