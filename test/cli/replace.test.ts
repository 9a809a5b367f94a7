/** What a person sees where a field was changed that the provider cannot update. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { edit } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const warmer = edit('campaign.yaml', 'llm_temperature: 0.3', 'llm_temperature: 0.6');
const apply = ['apply', '.', '--auto-approve'];

test('replaces the agent in the middle of a wave and calls nobody twice', async () => {
  const { options, called } = solar();
  const steps = [
    apply,
    ['run', '.', '--approve', '3', '--limit', '2'],
    warmer,
    ['plan', '.', '--detailed-exitcode'],
    ['plan', '.', '--format', 'json'],
    ['run', '.', '--approve', '1'],
    ['run', '.', '--apply', '--approve', '1'],
    ['plan', '.', '--detailed-exitcode'],
  ];
  const text = await transcript(steps, options);
  await expect(text).toMatchFileSnapshot('snapshots/replace.md');
  expect(exits(text)).toEqual([0, 10, 2, 0, 4, 0, 0]);
  expect(called.toSorted()).toEqual(['+15005550101', '+15005550102', '+15005550103']);
});

test('does not replace an agent that the file names, or that has open calls', async () => {
  let world: FakeWorld | undefined;
  const { options, called } = solar(() => world?.interrupt('SIGINT'));
  const steps = [
    (made: FakeWorld) => {
      world = made;
    },
    apply,
    ['run', '.', '--approve', '3'],
    warmer,
    ['plan', '.'],
    ['run', '.', '--apply', '--approve', '3'],
    async (made: FakeWorld) => {
      await edit('campaign.yaml', 'agent:\n', `agent:\n  id: ${agentIn(made)}\n`)(made);
    },
    apply,
  ];
  const text = await transcript(steps, options);
  await expect(text).toMatchFileSnapshot('snapshots/replace-refused.md');
  expect(exits(text)).toEqual([0, 130, 4, 4, 4]);
  expect(called).toHaveLength(1);
});

function exits(text: string): readonly number[] {
  return [...text.matchAll(/^exit (\d+)$/gm)].map(([, code]) => Number(code));
}

/** The id that the sandbox gave. */
function agentIn({ sent }: FakeWorld): string {
  const urls = sent.map(({ request }) => request.url);
  return urls.flatMap((url) => /agents\?id=([\w-]+)/.exec(url)?.[1] ?? [])[0] ?? '';
}

/** A world in which Vocode answers; `calling` is told of each call that is placed. */
function solar(calling: () => void = () => undefined): { readonly options: WorldOptions; readonly called: string[] } {
  const called: string[] = [];
  const options: WorldOptions = {
    folder: join(import.meta.dirname, 'fixtures', 'solar'),
    env: { VOCODE_API_KEY: 'sk-live-0f9a8b7c6d5e' },
    http: ({ clock }) => {
      const { http } = vocodeSandbox({ clock, random: seededRandom(7), life: { shares: { answered: 1 } } });
      return async (request, signal) => {
        const exchange = await http(request, signal);
        const [, number] = /"to_number":"(\+?\d+)"/.exec(request.body ?? '') ?? [];
        if (request.url.endsWith('/calls/create') && number !== undefined) {
          called.push(number.startsWith('+') ? number : `+${number}`);
          calling();
        }
        return exchange;
      };
    },
  };
  return { options, called };
}
