/** `run --webhook-listen`: what is said of it, and what keeps it from listening. */
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { webhookPath } from '../../src/run/webhook.ts';
import { serve } from '../../src/system/serve.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { sandboxed } from './sandboxed.ts';

const life = { shares: { replied: 1 } };
const first = ['run', '.', '--apply', '--approve', '4'];

async function ranIn(made: FakeWorld, ...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  made.terminal.clear();
  const code = await main(argv, made);
  return { code, out: made.terminal.stdoutText(), err: made.terminal.stderrText() };
}

/** The last part of the URL, as a terminal showed it. */
function pathIn(text: string): string | undefined {
  return /\/([\da-f]{32})\b/.exec(text.replaceAll(/\s+/g, ' '))?.[1];
}

describe('where the events are heard', () => {
  test('is said on a terminal, with the field that takes it, and is the same for every run of the store', async () => {
    await using made = await world({ ...sandboxed('clinic', { life }), tty: true });
    const listen = ['--webhook-listen', '127.0.0.1:0', '--webhook-url', 'https://hooks.clinic.example/calls/'];
    const one = await ranIn(made, ...first, ...listen);
    expect(one).toMatchObject({ code: 0 });
    expect(one.err).toContain('https://hooks.clinic.example/calls/');
    expect(one.err).toContain('workflow.call_back_url');
    const path = pathIn(one.err);
    expect(path).toBeDefined();
    const two = await ranIn(made, 'run', '.', '--webhook-listen', '127.0.0.1:0');
    expect(two.err).toContain('http://127.0.0.1:');
    expect(pathIn(two.err)).toBe(path);
    expect(one.out + two.out).not.toContain(path);
  });

  test('hangs on CALLPLAN_KEY where there is one', async () => {
    const options = sandboxed('clinic', { life, tty: true });
    await using made = await world({ ...options, env: { ...options.env, CALLPLAN_KEY: 'made-up' } });
    const { err } = await ranIn(made, ...first, '--webhook-listen', '127.0.0.1:0');
    expect(pathIn(err)).toBe(webhookPath('made-up', 'clinic-reminders/default'));
  });

  test('is kept secret where nobody looks on', async () => {
    const options = sandboxed('clinic', { life });
    await using made = await world({ ...options, env: { ...options.env, CALLPLAN_KEY: 'made-up' } });
    const { code, out, err } = await ranIn(made, ...first, '--webhook-listen', '127.0.0.1:0', '--format', 'json');
    expect(code).toBe(0);
    expect(err).toMatch(/heard at http:\/\/127\.0\.0\.1:\d+\/\*\*\*/);
    expect(out + err).not.toContain(webhookPath('made-up', 'clinic-reminders/default'));
  });
});

test('is part of the command that goes on', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const words = ['--webhook-listen', '[::1]:0', '--webhook-url', 'https://hooks.clinic.example'];
  const { code, err } = await ranIn(made, 'run', '.', '--apply', ...words);
  expect(code).toBe(5);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(
    "--webhook-listen '[::1]:0' --webhook-url https://hooks.clinic.example",
  );
});

test('a port that is taken is an error before anybody is called: 8', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const other = await serve(async () => ({ kind: 'unsent', cause: 'nothing' }), { port: 0 });
  try {
    const address = `127.0.0.1:${String(other.port)}`;
    const { code, err } = await ranIn(made, ...first, '--webhook-listen', address);
    expect(code).toBe(8);
    expect(err).toContain(`${address} is taken by another program`);
    expect(err).toContain('name another port');
    expect(made.sent).toEqual([]);
  } finally {
    await other.close();
  }
});

test('an address of another machine is an error: 8', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  const url = ['--webhook-url', 'https://hooks.clinic.example'];
  const { code, err } = await ranIn(made, ...first, '--webhook-listen', '192.0.2.1:8787', ...url);
  expect(code).toBe(8);
  expect(err).toContain('192.0.2.1:8787 is not an address of this machine');
});

test.each([
  ['no port', ['--webhook-listen', '127.0.0.1'], 'takes an address such as 127.0.0.1:8787'],
  ['a port that is none', ['--webhook-listen', '127.0.0.1:70000'], 'takes an address such as 127.0.0.1:8787'],
  ['a URL instead of an address', ['--webhook-listen', 'http://127.0.0.1:1'], 'takes an address such as'],
  ['an address for all without a URL', ['--webhook-listen', '0.0.0.0:8787'], '--webhook-url'],
  ['a URL alone', ['--webhook-url', 'https://hooks.clinic.example'], '--webhook-listen'],
  ['a URL in the clear', ['--webhook-url', 'http://hooks.clinic.example'], 'takes an https URL'],
  ['a URL with a query', ['--webhook-url', 'https://hooks.clinic.example/?a=b'], 'takes an https URL'],
  ['a URL with a password', ['--webhook-url', 'https://me:hush@hooks.clinic.example'], 'takes an https URL'],
  ['no URL', ['--webhook-url', 'hooks.clinic.example'], 'takes an https URL'],
])('%s is a wrong command line: 64', async (_what, words, said) => {
  await using made = await world(sandboxed('clinic', { life }));
  const { code, err } = await ranIn(made, ...first, ...words);
  expect(code).toBe(64);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(said);
  expect(err).not.toContain('hush');
  expect(made.sent).toEqual([]);
});
