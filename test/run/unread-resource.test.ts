/** A run that waits for somebody's window while the resource that it would call with cannot be read any more. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/ports.ts';
import { openGarage, type Ran } from './garage.ts';

/** From the first hour on the workflow answers so. */
async function unread(status: number): Promise<Ran & { readonly dials: readonly string[]; readonly tookMs: number }> {
  let fromMs = Infinity;
  await using garage = await openGarage({
    people: 2,
    between: (http, opened) => async (request, signal) => {
      const { clock } = opened().world;
      const isRead = request.method === 'GET' && request.url.includes('/workflows/');
      const date = { date: new Date(clock.now()).toUTCString() };
      const answer: Exchange = { kind: 'answered', status, headers: date, body: '{}' };
      return isRead && clock.now() > fromMs ? answer : http(request, signal);
    },
  });
  const file = join(garage.world.cwd, 'campaign.yaml');
  const windows = 'windows: [{days: [mon, tue, wed, thu, fri, sat, sun], from: "21:00", to: "22:00"}]';
  await writeFile(file, (await readFile(file, 'utf8')).replace('windows: always', windows));
  fromMs = garage.world.clock.now() + 3_600_000;
  const beganMs = garage.world.clock.now();
  const ran = await garage.run();
  return { ...ran, dials: garage.dials(), tookMs: garage.world.clock.now() - beganMs };
}

test.each([
  { status: 401, exit: 8, says: '401' },
  { status: 404, exit: 4, says: '404' },
  { status: 503, exit: 10, says: 'for 15 minutes' },
])('ends with $exit where it answers $status, and calls nobody', async ({ status, exit, says }) => {
  const ran = await unread(status);
  expect(ran.stderr + ran.stdout).toContain(says);
  expect(ran).toMatchObject({ exit, dials: [] });
  expect(ran.tookMs).toBeLessThan(16 * 3_600_000);
});
