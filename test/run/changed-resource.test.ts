/** A workflow that somebody changes at the provider while people are called with it. */
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import { changedField } from '../../src/run/changed-field.ts';
import { fakeTerminal, type FakeTerminal } from '../support/terminal.ts';
import { isPlacing, openGarage, type Ran } from './garage.ts';

const people = 30;

/** The second call sees it changed. */
async function changed(fields: object): Promise<Ran & { readonly dials: number; readonly again: Ran }> {
  let placed = 0;
  await using garage = await openGarage({
    people,
    execution: ['concurrency: 10', 'rate: 6/m'],
    between: (http) => async (request, signal) => {
      if (isPlacing(request)) placed += 1;
      if (isPlacing(request) && placed === 2) await change(http, { ...request, fields });
      return http(request, signal);
    },
  });
  const ran = await garage.run();
  const dials = garage.dials().length;
  const again = await garage.callplan('run', 'campaign.yaml', '--approve', String(people));
  return { ...ran, dials, again };
}

type Changing = Parameters<Http>[0] & { readonly fields: object };

async function change(http: Http, { fields, ...request }: Changing): Promise<void> {
  const id = /"workflow_id":"([^"]+)"/.exec(request.body ?? '')?.[1] ?? '';
  const url = request.url.replace(/\/call$/, `/workflows/${id}`);
  const answer = await http(
    { ...request, method: 'PUT', url, body: JSON.stringify(fields) },
    new AbortController().signal,
  );
  expect(answer).toMatchObject({ kind: 'answered', status: 200 });
}

test('stops the run within a minute, and keeps the next one from calling', async () => {
  const ran = await changed({ message: 'Hello [name], buy a new car.' });
  expect(ran.exit).toBe(4);
  expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'message of the workflow of garage-recall/default was changed at the provider meanwhile',
  );
  expect(ran.dials).toBeLessThan(9);
  expect(ran.again).toMatchObject({ exit: 4 });
});

test('is nothing to the run where the file does not say it', async () => {
  expect(await changed({ call_back_url: 'https://hooks.example.org/calls' })).toMatchObject({ exit: 0, dials: people });
});

test('keeps a run from calling where it was changed while a person was asked', async () => {
  let told: (() => Promise<void>) | undefined;
  await using garage = await openGarage({
    people,
    between: (http) => (request, signal) => {
      if (isPlacing(request))
        told = () => change(http, { ...request, fields: { message: 'Hello [name], buy a new car.' } });
      return http(request, signal);
    },
  });
  expect(await garage.run('--limit', '1')).toMatchObject({ exit: 10 });
  const terminal: FakeTerminal = {
    ...fakeTerminal({ answers: [] }),
    ask: async () => {
      await told?.();
      return String(people - 1);
    },
  };
  expect(await main(['run', 'campaign.yaml'], { ...garage.world, terminal })).toBe(4);
  expect(terminal.stderrText()).toContain('changed while this run looked at it');
  expect(garage.dials()).toHaveLength(1);
});

test.each<readonly [Parameters<typeof changedField>, string | undefined]>([
  [[{ a: 1 }, { a: 1, b: 1 }, { a: 1, b: 2 }], undefined],
  [[{ a: 1 }, { a: 1 }, { a: 2 }], 'a'],
  [[{ a: null }, {}, { a: null }], undefined],
  [[{ a: 1 }, { a: 1 }, {}], 'a'],
  [[{ a: { b: 'x' } }, { a: { b: 'x', c: 1 } }, { a: { b: 'x', c: 2 } }], undefined],
  [[{ a: { b: 'x' } }, { a: { b: 'x' } }, { a: { b: 'y' } }], 'a.b'],
  [[{ a: [{ b: 1 }] }, { a: [{ b: 1, at: 1 }] }, { a: [{ b: 1, at: 2 }] }], undefined],
  [[{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, { a: [{ b: 2 }] }], 'a.0.b'],
  [[{ a: [1] }, { a: [1] }, { a: [1, 2] }], 'a'],
  [[{ a: [1] }, { a: 'x' }, { a: 'x' }], undefined],
])('tells what was changed in %j: %s', (given, told) => {
  expect(changedField(...given)).toBe(told);
});
