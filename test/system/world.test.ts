import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/system/clock.ts';
import { systemWorld } from '../../src/system/world.ts';

test('the world is made without loading the network', () => {
  const world = new URL('../../src/system/world.ts', import.meta.url).href;
  const body = `const { systemWorld } = await import('${world}'); systemWorld();
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire('${world}').cache).filter((path) => path.includes('undici'));
    console.log(loaded.length, process.moduleLoadList.includes('NativeModule http'))`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', body], { encoding: 'utf8' });
  expect(run).toMatchObject({ stdout: '0 false\n', stderr: '' });
});

test('the world serves, and sends requests to it', async () => {
  const world = systemWorld();
  const server = await world.serve(
    async ({ method }) => ({ kind: 'answered', status: 200, headers: {}, body: method }),
    {
      port: 0,
    },
  );
  const exchange = await world.http({ method: 'GET', url: server.url, headers: {} }, new AbortController().signal);
  expect(exchange).toMatchObject({ kind: 'answered', body: 'GET' });
  await server.close();
  expect(world.env['PATH']).toBe(process.env['PATH']);
  expect(world.cwd).toBe(process.cwd());
});

test('random bytes are hexadecimal, and as many as asked for', () => {
  const { random } = systemWorld();
  expect(random.hex(16)).toMatch(/^[0-9a-f]{32}$/);
  expect(random.hex(16)).not.toBe(random.hex(16));
  expect(random.next()).toBeLessThan(1);
});

test('sleep lasts as long as it says, unless it is aborted', async () => {
  const before = systemClock.monotonic();
  await systemClock.sleep(15);
  expect(systemClock.monotonic() - before).toBeGreaterThanOrEqual(15);
  const giveUp = new AbortController();
  const long = systemClock.sleep(2 ** 40, giveUp.signal);
  setTimeout(() => giveUp.abort(), 10);
  await long;
  await systemClock.sleep(2 ** 40, giveUp.signal);
  expect(systemClock.monotonic() - before).toBeLessThan(5_000);
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
});

test('a rehearsal has its own time, and files that hold it', async () => {
  const { clock, files } = systemWorld().rehearsal(Date.UTC(2026, 10, 24));
  await clock.sleep(86_400_000);
  expect(await files.info('/')).toMatchObject({ kind: 'folder' });
  expect(clock.now()).toBe(Date.UTC(2026, 10, 25));
});
