import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { fakeTerminal } from '../support/terminal.ts';
import { world } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const env = { INTRON_API_KEY: 'sk-live-0f9a8b7c6d5e', USER: 'amina' };
const clinic = (options: Parameters<typeof sandboxed>[1] = {}): ReturnType<typeof sandboxed> =>
  sandboxed('clinic', { life: { shares: { replied: 1 } }, env, ...options });
const first = ['run', '.', '--apply', '--approve', '4', '--limit', '2', '--max-duration', '3s'];

function exits(text: string): readonly string[] {
  return [...text.matchAll(/^exit (\d+)$/gm)].map(([, code = '']) => code);
}

test('ends a wave for good once somebody says for how many people', async () => {
  const more = 'A-2001,Ada,Obi,08031234999,2026-11-25T09:30\n';
  const text = await transcript(
    [
      ['cancel', '.', '--approve', '9'],
      first,
      ['cancel', '.'],
      ['cancel', '.', '--approve', '1'],
      ['cancel', '.', '--approve', '2'],
      ['cancel', '.'],
      edit(
        'recipients.csv',
        'appointment_id,first_name,last_name,mobile,appointment\n',
        `appointment_id,first_name,last_name,mobile,appointment\n${more}`,
      ),
      ['plan', '.'],
      ['run', '.'],
      ['status', '.'],
      ['resolve', '.', '--as', 'not-called'],
      ['pause', '.'],
      ['resume', '.'],
    ],
    clinic(),
  );
  expect(exits(text)).toEqual(['3', '10', '5', '5', '0', '0', '0', '9', '0', '0', '0', '5']);
  await expect(text).toMatchFileSnapshot('snapshots/cancel.md');
});

test('asks on a terminal, for the number of those who wait', async () => {
  const answers = ['yes', '2'];
  const text = await transcript([first, ['cancel', '.'], ['cancel', '.']], clinic({ tty: true, answers }));
  expect(exits(text)).toEqual(['10', '5', '0']);
});

test('leaves following to the next run where it is told to', async () => {
  const text = await transcript([first, ['cancel', '.', '--approve', '2', '--no-wait'], ['run', '.']], clinic());
  expect(exits(text)).toEqual(['10', '10', '9']);
});

test('stops the calling even where no key is set, and says what is left', async () => {
  const keys: Record<string, string> = { ...env };
  const text = await transcript(
    [
      first,
      () => {
        delete keys['INTRON_API_KEY'];
      },
      ['cancel', '.', '--approve', '2'],
      () => {
        keys['INTRON_API_KEY'] = env.INTRON_API_KEY;
      },
      ['run', '.'],
    ],
    clinic({ env: keys }),
  );
  expect(exits(text)).toEqual(['10', '8', '9']);
  await expect(text.slice(text.indexOf('## callplan cancel'))).toMatchFileSnapshot('snapshots/cancel-without-key.md');
});

test('says that the wave is cancelled where another command holds the address', async () => {
  await using made = await world(clinic());
  expect(await main(first, made)).toBe(10);
  await edit('campaign.yaml', 'Clinic reminder', 'Reminder of the clinic')(made);
  const terminal = fakeTerminal();
  const other = { ...made, terminal, host: { ...made.host, pid: 2, mayBeAlive: () => true } };
  let cancelled: Promise<number> | undefined;
  const http: typeof made.http = async (request, signal) => {
    if (request.method === 'PUT') {
      cancelled ??= main(['cancel', '.', '--approve', '2'], other);
      await cancelled;
    }
    return made.http(request, signal);
  };
  expect(await main(['apply', '.', '--auto-approve'], { ...made, http })).toBe(0);
  expect(await cancelled).toBe(6);
  const told = terminal.stderrText().replaceAll(/\s+/g, ' ');
  expect(told).toContain('callplan: wave 2026-11-24 is cancelled; calls of it that are not over could not be ended');
});

test('writes manifest and results again, so that they say so', async () => {
  await transcript(
    [
      first,
      ['cancel', '.', '--approve', '2'],
      async (made) => {
        const folder = `${made.cwd}/runs/clinic-reminders/default/2026-11-24`;
        const text = new TextDecoder();
        const manifest: unknown = JSON.parse(text.decode(await made.files.read(`${folder}/manifest.json`)));
        expect(manifest).toMatchObject({
          wave: { status: 'cancelled', counts: { states: { done: 2, skipped: 3 }, skipped: { cancelled: 2 } } },
        });
        expect(text.decode(await made.files.read(`${folder}/results.jsonl`))).toContain('"reason":"cancelled"');
      },
    ],
    clinic(),
  );
});

test('calls nobody of a cancelled wave, whatever the list says then', async () => {
  const text = await transcript(
    [
      first,
      ['cancel', '.', '--approve', '2', '--no-wait'],
      write(
        'recipients.csv',
        'appointment_id,first_name,last_name,mobile,appointment\nA-7,Ada,Obi,08031234777,2026-11-25T09:30\n',
      ),
      ['run', '.', '--approve', '9'],
    ],
    clinic(),
  );
  expect(exits(text)).toEqual(['10', '10', '9']);
  expect(text.match(/POST .*\/call /g)).toHaveLength(2);
});
