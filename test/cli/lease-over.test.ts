/** A machine that sleeps while a request connects: another process may have the address by the time the request could leave. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { leaseMs } from '../../src/run/lease.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { openHaulier } from '../run/haulier.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { edit, sandboxed } from './sandboxed.ts';

type Lapsed = {
  readonly exit: number;
  /** Requests that would have written, and those that did leave. */
  readonly tried: number;
  readonly left: number;
};

async function asleepWhile(
  argv: readonly string[],
  made: FakeWorld,
  options: { readonly address: string; readonly isTaken: boolean },
): Promise<Lapsed> {
  const store = await openSqlite(join(made.cwd, '.callplan/callplan.db'), { ...made, create: false });
  const rival = { hostname: 'branch-office', pid: 7, started: 'monday', command: 'run' };
  let sleptMs = 0;
  let tried = 0;
  let left = 0;
  const sleepOnce = async (): Promise<void> => {
    if (sleptMs > 0) return;
    sleptMs = leaseMs;
    const holding = await store.holding(options.address);
    if (holding === undefined) throw new Error('written without a lease');
    if (options.isTaken) await store.takeOver(options.address, rival, holding, made.clock.now());
  };
  const slow: FakeWorld = {
    ...made,
    clock: { ...made.clock, now: () => made.clock.now() + sleptMs },
    http: async (request, signal) => {
      if (request.method === 'GET') return made.http(request, signal);
      tried += 1;
      await sleepOnce();
      if (request.maySend?.() === false) return { kind: 'unsent', cause: new Error('not to be sent') };
      left += 1;
      return made.http(request, signal);
    },
  };
  const exit = await main(argv, slow);
  await store.close();
  return { exit, tried, left };
}

const clinic = 'clinic-reminders/default';

/** An apply that has something to write, asleep while its request connects. */
async function applyAsleep(made: FakeWorld, isTaken: boolean): Promise<Lapsed> {
  const apply = ['apply', '--auto-approve'];
  await main(apply, made);
  await edit('campaign.yaml', 'Garki', 'Wuse')(made);
  made.terminal.clear();
  return asleepWhile(apply, made, { address: clinic, isTaken });
}

test('apply writes nothing and says why', async () => {
  await using made = await world(sandboxed('clinic'));
  const { exit, tried, left } = await applyAsleep(made, true);
  expect({ exit, tried: tried > 0, left }).toEqual({ exit: 7, tried: true, left: 0 });
  expect(made.terminal.stdoutText().replaceAll(/\s+/g, ' ')).toContain('not sent, as this process stood still');
});

test('apply goes on where nobody took the address over', async () => {
  await using made = await world(sandboxed('clinic'));
  const { exit, left } = await applyAsleep(made, false);
  expect({ exit, left }).toEqual({ exit: 0, left: 1 });
});

test.each([true, false])(
  'run marks the resource as its own only while it holds the address, taken over: %s',
  async (isTaken) => {
    await using made = await world(sandboxed('clinic'));
    await main(['apply', '--auto-approve'], made);
    const { exit, left } = await asleepWhile(['run', '.', '--approve', '4', '--no-wait', '--limit', '1'], made, {
      address: clinic,
      isTaken,
    });
    expect({ exit, isAnyLeft: left > 0 }).toEqual({ exit: isTaken ? 6 : 10, isAnyLeft: !isTaken });
  },
);

test('call places none', async () => {
  await using made = await world(sandboxed('clinic'));
  await main(['apply', '--auto-approve'], made);
  const call = ['call', '.', '--to', '+2348099999999', '--auto-approve'];
  const { exit, tried, left } = await asleepWhile(call, made, { address: clinic, isTaken: true });
  expect({ exit, tried: tried > 0, left }).toEqual({ exit: 6, tried: true, left: 0 });
});

test('cancel ends no call', async () => {
  await using haulier = await openHaulier({ drivers: 2 });
  await haulier.callplan('run', 'campaign.yaml', '--apply', '--approve', '2', '--max-duration', '20s', '--limit', '1');
  const { exit, tried, left } = await asleepWhile(['cancel', 'campaign.yaml', '--approve', '1'], haulier.world, {
    address: 'check-calls/default',
    isTaken: true,
  });
  expect({ exit, tried: tried > 0, left }).toEqual({ exit: 6, tried: true, left: 0 });
});
