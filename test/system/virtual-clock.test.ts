import { expect, test } from 'vitest';
import { systemFiles } from '../../src/system/files.ts';
import { busyFiles } from '../../src/system/busy-files.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const monday = Date.UTC(2026, 10, 23, 9);
const hourMs = 3_600_000;

test('three days pass in no time', async () => {
  const clock = virtualClock(monday);
  const before = performance.now();
  for (let hour = 0; hour < 72; hour += 1) await clock.sleep(hourMs);
  expect(clock.now() - monday).toBe(72 * hourMs);
  expect(clock.monotonic()).toBe(72 * hourMs);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('wakes by time, and those of equal time in the order of their sleeping', async () => {
  const clock = virtualClock(0);
  const woken: string[] = [];
  const sleep = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push(`${name} ${String(clock.monotonic())}`);
  };
  await Promise.all([
    sleep('Chidi', 20),
    sleep('Amaka', 10),
    sleep('Bola', 10),
    sleep('Dayo', 15).then(() => sleep('Efe', 5)),
    sleep('Femi', 0),
  ]);
  expect(woken).toEqual(['Femi 0', 'Amaka 10', 'Bola 10', 'Dayo 15', 'Chidi 20', 'Efe 20']);
});

test('wakes thousands in order', async () => {
  const clock = virtualClock(0);
  const times = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 5_003);
  const woken: number[] = [];
  await Promise.all(
    times.map(async (ms) => {
      await clock.sleep(ms);
      woken.push(ms);
      expect(clock.monotonic()).toBe(ms);
    }),
  );
  expect(woken).toEqual(times.toSorted((a, b) => a - b));
});

test('stands still while code can run', async () => {
  const clock = virtualClock(0);
  const seen: number[] = [];
  const slow = (async () => {
    for (let step = 0; step < 500; step += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => process.nextTick(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(clock.monotonic());
  })();
  await Promise.all([slow, clock.sleep(1)]);
  expect(seen).toEqual([0]);
});

test('stands still while real work is under way', async () => {
  const clock = virtualClock(0);
  const work = clock.busy(new Promise((resolve) => setTimeout(() => resolve(clock.monotonic()), 20)));
  const [at] = await Promise.all([work, clock.sleep(hourMs)]);
  expect(at).toBe(0);
  expect(clock.monotonic()).toBe(hourMs);
});

test('goes on after real work that failed', async () => {
  const clock = virtualClock(0);
  await expect(clock.busy(Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  await clock.sleep(5);
  expect(clock.monotonic()).toBe(5);
});

test('an aborted sleep ends at once, and does not move the clock', async () => {
  const clock = virtualClock(0);
  const giveUp = new AbortController();
  const long = clock.sleep(hourMs, giveUp.signal);
  await clock.sleep(10);
  giveUp.abort();
  await long;
  await clock.sleep(hourMs, giveUp.signal);
  expect(clock.monotonic()).toBe(10);
  await clock.sleep(1);
  expect(clock.monotonic()).toBe(11);
});

test('who sleeps for ever is woken by the signal only', async () => {
  const clock = virtualClock(0);
  const giveUp = new AbortController();
  const forever = clock.sleep(Infinity, giveUp.signal);
  await clock.sleep(1);
  giveUp.abort();
  await forever;
  expect(clock.monotonic()).toBe(1);
});

/** Fifty workers that sleep for different times, and what they saw. */
async function program(): Promise<readonly string[]> {
  const clock = virtualClock(monday);
  const seen: string[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_, worker) => {
      for (let step = 1; step < 20; step += 1) {
        await clock.sleep((worker * step * 37) % 101);
        seen.push(`${String(worker)}@${String(clock.now())}`);
      }
    }),
  );
  return seen;
}

test('equal programs see equal times', async () => {
  expect(await program()).toEqual(await program());
});

test('files hold the clock, chunk by chunk', async () => {
  await using folder = await temporaryFolder();
  const clock = virtualClock(0);
  const files = busyFiles(systemFiles, clock);
  const path = `${folder.path}/runs/results.jsonl`;
  let done = false;
  const ticking = (async () => {
    for (;;) {
      await clock.sleep(1);
      if (done) return;
    }
  })();
  await files.writeAtomically(path, 'x'.repeat(1_000_000));
  for await (const chunk of files.stream(path)) expect(chunk.length).toBeGreaterThan(0);
  expect((await files.info(path))?.size).toBe(1_000_000);
  expect(await files.list(`${folder.path}/runs`)).toEqual(['results.jsonl']);
  const log = await files.append(path);
  log.write('y');
  await log.close();
  expect(await files.read(path)).toHaveLength(1_000_001);
  await files.remove(path);
  const at = clock.monotonic();
  done = true;
  await ticking;
  expect(at).toBe(0);
});

test('content that is being written may wait for the clock', async () => {
  await using folder = await temporaryFolder();
  const clock = virtualClock(0);
  const files = busyFiles(systemFiles, clock);
  async function* lines(): AsyncIterable<string> {
    for (const line of ['a', 'b', 'c']) {
      await clock.sleep(hourMs);
      yield line;
    }
  }
  await files.writeAtomically(`${folder.path}/lines`, lines());
  expect(clock.monotonic()).toBe(3 * hourMs);
  expect(Buffer.from(await files.read(`${folder.path}/lines`)).toString()).toBe('abc');
});
