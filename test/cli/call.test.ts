import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { parseReference } from '../../src/model/reference.ts';
import { world, type FakeWorld } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const own = '+2348099999999';
const life = { shares: { replied: 1 } };
const apply = ['apply', '--auto-approve'];
const call = ['call', '.', '--to', own];
const run = ['run', '.', '--approve', '4'];

/** Numbers that placing requests named. */
function dialled({ sent }: FakeWorld): readonly string[] {
  return sent
    .filter(({ request }) => request.method === 'POST' && /"phone_number"/.test(request.body ?? ''))
    .flatMap(({ request }) => [...(request.body ?? '').matchAll(/"phone_number":\s*"\+?(\d+)"/g)])
    .map(([, digits = '']) => `+${digits}`);
}

test('calls once, as a recipient would be, and that recipient is called by the run all the same', async () => {
  const text = await transcript(
    [
      apply,
      [...call, '--as', 'A-1002', '--auto-approve'],
      ['history', '.', 'A-1002'],
      ['status', '.'],
      run,
      ['status', '.'],
      [...call, '--auto-approve', '--format', 'json'],
    ],
    sandboxed('clinic', { life }),
  );
  expect(text.replaceAll(/^## .*$/gm, '')).not.toContain('809999');
  await expect(text.slice(text.indexOf('## callplan call'))).toMatchFileSnapshot('snapshots/call.md');
});

test('asks first, and calls nobody without a yes', async () => {
  const text = await transcript(
    [apply, call, call],
    sandboxed('clinic', {
      life,
      tty: true,
      answers: ['no', 'yes'],
      env: { INTRON_API_KEY: 'sk-live-1', NO_COLOR: '1' },
    }),
  );
  await expect(text.slice(text.indexOf('## callplan call'))).toMatchFileSnapshot('snapshots/call-asks.md');
});

test.each<readonly [string, readonly string[], number, string]>([
  ['without a number', ['call', '.', '--auto-approve'], 64, 'call needs --to NUMBER'],
  [
    'a number without its country',
    ['call', '.', '--to', '08031234567', '--auto-approve'],
    64,
    '--to takes a phone number',
  ],
  ['without a terminal to ask in', call, 5, 'add --auto-approve'],
  [
    'with a row that is not there',
    [...call, '--as', 'A-9', '--auto-approve'],
    3,
    'no row that can be called has this id; nobody was called Next: see the rows, and what is wrong with them: callplan validate .',
  ],
  ['who is on a do-not-call list', ['call', '.', '--to', '+2348031234507', '--auto-approve'], 5, 'a do-not-call list'],
])('calls nobody %s', async (_, argv, code, told) => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  made.terminal.clear();
  expect(await main(argv, made)).toBe(code);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain(told);
  expect(dialled(made)).toEqual([]);
});

test('calls nobody who opted out, whatever is said', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  await main(['suppress', 'add', own], made);
  expect(await main([...call, '--auto-approve', '--outside-windows'], made)).toBe(5);
  expect(made.terminal.stderrText().replaceAll(/\s+/g, ' ')).toContain(
    'asked not to be called; nobody was called Next: call another',
  );
  expect(dialled(made)).toEqual([]);
});

test('calls outside of the windows only where that is said as well', async () => {
  await using made = await world(sandboxed('clinic', { life, at: '2026-11-24T22:00:00Z' }));
  await main(apply, made);
  expect(await main([...call, '--auto-approve'], made)).toBe(5);
  const told = made.terminal.stderrText().replaceAll(/\s+/g, ' ');
  expect(told).toContain(
    '! no calling window is open now, Tue 24 Nov 23:00 Africa/Lagos; the next one opens Wed 25 Nov',
  );
  expect(told).toContain('add --outside-windows');
  expect(dialled(made)).toEqual([]);
  expect(await main([...call, '--auto-approve', '--outside-windows'], made)).toBe(0);
  expect(dialled(made)).toEqual([own]);
});

test('does not call before the resource is as the file says', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  expect(await main([...call, '--auto-approve'], made)).toBe(4);
  expect(made.terminal.stderrText()).not.toContain('--apply');
  expect(dialled(made)).toEqual([]);
});

test('says that the number is a recipient’s, who is called by the run all the same', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  expect(await main(['call', '.', '--to', '+2348031234501', '--auto-approve'], made)).toBe(0);
  expect(made.terminal.stderrText()).toContain("! the number is a recipient's (A-1001)");
  expect(await main(run, made)).toBe(0);
  expect(dialled(made).filter((phone) => phone === '+2348031234501')).toHaveLength(2);
});

test.each([true, false])('keeps a lost store from nothing that it has to look up, echo: %s', async (echo) => {
  await using made = await world(sandboxed('clinic', { life, faults: echo ? {} : { 'no-echo': true } }));
  await main(apply, made);
  await main([...run, '--limit', '2'], made);
  const before = dialled(made);
  await made.clock.sleep(3 * 86_400_000);
  const elsewhere = ['--store', 'other.db'];
  expect(await main([...call, '--auto-approve', ...elsewhere], made)).toBe(0);
  const code = await main([...run, ...elsewhere, '--take-over'], made);
  expect(code).toBe(echo ? 0 : 4);
  const after = dialled(made).filter((phone) => phone !== own);
  expect(new Set(after).size).toBe(after.length);
  expect(after.length).toBe(echo ? 4 : before.length);
});

test('leaves a call that was interrupted to the next run', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  void made.clock.sleep(3_000).then(() => made.interrupt('SIGINT'));
  expect(await main([...call, '--auto-approve'], made)).toBe(130);
  made.terminal.clear();
  expect(await main(run, made)).toBe(0);
  expect(made.terminal.stderrText()).toContain('a test call not over yet: followed as well');
  expect(dialled(made).filter((phone) => phone === own)).toHaveLength(1);
  made.terminal.clear();
  await main(['history', '.', own], made);
  expect(made.terminal.stdoutText()).toContain('Now: done: answered');
});

test('leaves it to the next run though that has nobody to call', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  expect(await main(run, made)).toBe(0);
  void made.clock.sleep(3_000).then(() => made.interrupt('SIGINT'));
  expect(await main([...call, '--auto-approve'], made)).toBe(130);
  expect(await main(run, made)).toBe(0);
  made.terminal.clear();
  await main(['history', '.', own], made);
  expect(made.terminal.stdoutText()).toContain('Now: done: answered');
});

test('never calls again what it may have called', async () => {
  await using made = await world(sandboxed('clinic', { life, faults: { 'lose-response': 1 } }));
  await main(apply, made);
  expect(await main([...call, '--auto-approve'], made)).toBe(0);
  expect(dialled(made)).toEqual([own]);
  expect(made.terminal.stdoutText()).toContain('may have been called');
});

test('carries a reference of its own', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  await main([...call, '--auto-approve'], made);
  await main(run, made);
  const references = made.sent.flatMap(({ request }) =>
    [...(request.body ?? '').matchAll(/cp1\.[a-z2-7.\d]+/g)].map(([text]) => parseReference(text)),
  );
  const [first, ...others] = references;
  expect(others).toHaveLength(4);
  expect(others.map((reference) => reference?.wave)).not.toContain(first?.wave);
});

test('says what is wrong with files and lists', async () => {
  await using made = await world(sandboxed('clinic', { life }));
  await main(apply, made);
  await write('do-not-call.csv', 'phone\nnobody\n')(made);
  expect(await main([...call, '--auto-approve'], made)).toBe(3);
  expect(made.terminal.stdoutText()).toContain('SUPPRESSION_ENTRY');
  await edit('campaign.yaml', 'rate: 1/s', 'rates: 1/s')(made);
  expect(await main([...call, '--auto-approve'], made)).toBe(3);
  expect(made.terminal.stdoutText()).toContain('KEY_UNKNOWN');
});
