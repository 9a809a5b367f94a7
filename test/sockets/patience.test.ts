/** What takes the provider a quarter of an hour: the whole command under a clock that jumps, without sockets. */
import { writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Exchange } from '../../src/ports.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { campaignText, listText, waveName } from '../crash/campaign.ts';
import { answered, faultsOf, isListing, isPlacing } from '../crash/provider.ts';
import { world } from '../support/world.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 60_000 });

type Ran = { readonly code: number; readonly tookMs: number; readonly text: string };

/** What placing requests, and after them listings, are answered in place of the sandbox. */
type Instead = { readonly placed?: Exchange; readonly listed?: Exchange };

async function runUnder(
  faults: string,
  { placed, listed, args = [] }: Instead & { readonly args?: readonly string[] } = {},
): Promise<Ran> {
  await using clinic = await world({
    env: { INTRON_API_KEY: 'made-up' },
    http: ({ clock }) => {
      const box = intronSandbox({ clock, random: seededRandom(1), faults: faultsOf(faults) });
      let isPlaced = false;
      return async (request, signal) => {
        isPlaced ||= isPlacing(request);
        if (placed !== undefined && isPlacing(request)) return placed;
        if (listed !== undefined && isPlaced && isListing(request)) return listed;
        return box.http(request, signal);
      };
    },
  });
  const file = campaignText({ baseUrl: 'http://127.0.0.1:9/voicebot/v1', settle: '5m' });
  await writeFile(`${clinic.cwd}/campaign.yaml`, file);
  await writeFile(`${clinic.cwd}/recipients.csv`, listText(3));
  const startMs = clinic.clock.monotonic();
  const code = await main(['run', 'campaign.yaml', '--apply', '--approve', '3', ...args], clinic);
  const text = clinic.terminal.stdoutText() + clinic.terminal.stderrText();
  return { code, tookMs: clinic.clock.monotonic() - startMs, text };
}

const minuteMs = 60_000;

test.for<readonly [string, Exchange]>([
  ['503', answered(503)],
  ['429', answered(429)],
  ['no answer', { kind: 'unanswered', cause: 'cut' }],
  ['no connection', { kind: 'unsent', cause: 'refused' }],
])('a provider that accepts nothing for 15 minutes (%s) is given up: 10', async ([, exchange]) => {
  const { code, tookMs, text } = await runUnder('', { placed: exchange });
  expect({ code, text }).toMatchObject({ code: 10 });
  expect(text).toContain('the provider accepted nothing for 15 minutes');
  expect(tookMs).toBeGreaterThanOrEqual(15 * minuteMs);
  expect(tookMs).toBeLessThan(25 * minuteMs);
});

test('one that loses every answer accepts all the same', async () => {
  const { code, text } = await runUnder('lose-response,list-lag=10s');
  expect({ code, text }).toMatchObject({ code: 0 });
});

test('a listing that never comes whole leaves who is in doubt unresolved: 7', async () => {
  const { code, text } = await runUnder('fail-before-placing,total-off', { args: ['--nobody-called', waveName] });
  expect({ code, text }).toMatchObject({ code: 7 });
});

test('look-ups that fail for 15 minutes leave who is in doubt unresolved: 7', async () => {
  const { code, tookMs, text } = await runUnder('', { placed: answered(504), listed: answered(503) });
  expect({ code, text }).toMatchObject({ code: 7 });
  expect(tookMs).toBeGreaterThanOrEqual(20 * minuteMs);
});
