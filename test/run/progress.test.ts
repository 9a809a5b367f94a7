/** What is told of a wave that is being called, and how often it is counted for that. */
import { expect, test } from 'vitest';
import type { Report, RunContext } from '../../src/run/context.ts';
import { Flow } from '../../src/run/flow.ts';
import { progress } from '../../src/run/progress.ts';
import { runOf } from './clinic.ts';

const anyPace = { calls: { calls: 1, sliceMs: 1 }, requests: { calls: 1, sliceMs: 1 } };

function watched(options: Partial<RunContext['options']> = {}) {
  const { context, clock } = runOf();
  const told: Report[] = [];
  const flow = new Flow(clock.now(), anyPace);
  const parts = {
    store: { counts: () => Promise.resolve({ states: {} }), openStatuses: () => Promise.resolve([]) },
    options: { wait: true, ...options },
    report: (report: Report) => void told.push(report),
  };
  return { flow, clock, told, report: progress({ ...context, ...parts } as unknown as RunContext, flow) };
}

test('is told once a second at most', async () => {
  const { clock, told, report } = watched();
  for (let times = 0; times < 20; times += 1) {
    await report.now(undefined);
    await clock.sleep(250);
  }
  expect(told).toHaveLength(5);
});

test('is told at the end alone where nobody watches', async () => {
  const { clock, told, report } = watched({ unwatched: true });
  for (let second = 0; second < 20; second += 1) {
    await report.now(undefined);
    await clock.sleep(1_000);
  }
  expect(told).toEqual([]);
  await report.last();
  expect(told).toHaveLength(1);
});

test('counts the calls that this run started within the last minute, not those of the run before', async () => {
  const { flow, clock, told, report } = watched();
  flow.starts = [clock.now(), clock.now()];
  await report.last();
  flow.started(clock.now(), 900);
  await clock.sleep(30_000);
  flow.started(clock.now(), 700);
  await report.last();
  await clock.sleep(30_000);
  await report.last();
  await clock.sleep(30_000);
  await report.last();
  expect(told).toMatchObject([0, 1_600, 700, 0].map((perMinute) => ({ perMinute })));
});
