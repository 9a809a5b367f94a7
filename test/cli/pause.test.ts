import { expect, test } from 'vitest';
import { sandboxed } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const env = { INTRON_API_KEY: 'sk-live-0f9a8b7c6d5e', USER: 'amina' };
const clinic = (options: Parameters<typeof sandboxed>[1] = {}): ReturnType<typeof sandboxed> =>
  sandboxed('clinic', { life: { shares: { replied: 1 } }, env, ...options });
const first = ['run', '.', '--apply', '--approve', '4', '--max-duration', '3s'];

test('keeps a wave from calling until it is resumed, and has its calls followed meanwhile', async () => {
  const text = await transcript(
    [
      ['pause', '.'],
      [...first, '--limit', '2'],
      ['pause', '.'],
      ['pause', '.'],
      ['status', '.'],
      ['plan', '.'],
      ['run', '.', '--format', 'json'],
      ['run', '.'],
      ['resume', '.'],
      ['resume', '.'],
      ['run', '.', '--approve', '4'],
    ],
    clinic(),
  );
  const exits = [...text.matchAll(/^exit (\d+)$/gm)].map(([, code]) => Number(code));
  expect(exits).toEqual([3, 10, 0, 0, 0, 0, 9, 9, 0, 0, 0]);
  await expect(text).toMatchFileSnapshot('snapshots/pause.md');
});

test('pauses a wave of the command line, and no other', async () => {
  const text = await transcript(
    [
      [...first, '--limit', '1'],
      ['pause', '.', '--wave', 'another'],
      [...first, '--wave', 'another', '--limit', '1'],
      ['pause', '.', '--wave', 'another'],
      ['run', '.', '--approve', '4'],
    ],
    clinic(),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 10', 'exit 3', 'exit 10', 'exit 0', 'exit 0']);
});
