import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { world } from '../support/world.ts';
import type { FakeWorld } from '../support/world.ts';
import { alone, printedSchema } from './printed-schema.ts';
import { transcript } from './transcript.ts';

test('serves until it is interrupted, says what to put into the campaign, and logs requests', async () => {
  await using made = await world();
  const ended = main(['sandbox', 'intron', '--request-log', 'logs/requests.jsonl', '--seed', '3'], made);
  const url = await urlOf(made);
  const answer = await fetch(`${url}/voicebot/v1/workflows`, { headers: { authorization: 'Bearer anything' } });
  expect(answer.status).toBe(200);
  made.interrupt('SIGINT');
  expect(await ended).toBe(0);
  expect(made.terminal.stdoutText().replaceAll(url, 'URL')).toMatchInlineSnapshot(`
    "Sandbox of intron at URL, until Ctrl+C. It takes any api_key.

    Put this into the campaign, or into an environment of it:

      provider:
        base_url: URL/voicebot/v1

    Next: in another terminal, callplan plan PATH

    It held 0 workflows and placed 0 calls.
    "
  `);
  const log = new TextDecoder().decode(await made.files.read(`${made.cwd}/logs/requests.jsonl`));
  expect(log).toContain('"path":"/voicebot/v1/workflows","status":200');
});

test('says its url to programs before it serves', async () => {
  await using made = await world();
  const ended = main(['sandbox', 'intron', '--format', 'json', '--fault', 'unauthorized'], made);
  const url = await urlOf(made);
  const line: unknown = JSON.parse(made.terminal.stdoutText());
  expect(line).toEqual({
    format_version: 1,
    kind: 'sandbox',
    provider: 'intron',
    url,
    base_url: `${url}/voicebot/v1`,
  });
  expect(alone(await printedSchema('sandbox'))(line)).toBe(true);
  const answer = await fetch(`${url}/voicebot/v1/workflows`, { headers: { authorization: 'Bearer anything' } });
  expect(answer.status).toBe(401);
  made.terminal.clear();
  made.interrupt('SIGTERM');
  expect(await ended).toBe(0);
  const end: unknown = JSON.parse(made.terminal.stdoutText());
  expect(alone(await printedSchema('sandbox_ended'))(end)).toBe(true);
});

test('words what it cannot do', async () => {
  await using other = await world();
  const ended = main(['sandbox', 'intron'], other);
  const port = new URL(await urlOf(other)).port;
  const text = await transcript([
    ['sandbox', 'intron', '--port', port],
    ['sandbox', 'parrot'],
    ['sandbox', 'intrn'],
    ['sandbox', 'intron', '--port', '70000'],
    ['sandbox', 'intron', '--fault', 'loose-response=1'],
    ['sandbox', 'intron', '--fault', 'lose-response=often'],
    ['sandbox', 'intron', '--life', 'replied'],
    ['sandbox', 'intron', '--fault', 'help'],
  ]);
  other.interrupt('SIGINT');
  await ended;
  await expect(text.replaceAll(port, 'PORT')).toMatchFileSnapshot('snapshots/sandbox.md');
});

async function urlOf(made: FakeWorld): Promise<string> {
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(made.terminal.stdoutText())?.[0];
    if (url !== undefined) return url;
    await new Promise(setImmediate);
  }
}
