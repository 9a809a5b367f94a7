import { expect, test } from 'vitest';
import { invocation } from '../../src/cli/command.ts';
import type { CommandSpec } from '../../src/cli/command.ts';
import { namedPath, nextCommand, nextPlan } from '../../src/cli/next-command.ts';
import { attributeOf, choice, flag, parsed, texts, wholeNumber } from '../../src/cli/option.ts';
import { environmentOption, recipientsOption, storeOption, waveOption } from '../../src/cli/options.ts';

const noWait = flag('--no-wait', '');
const many = texts('--fault <fault>', '');
const spec: CommandSpec = {
  name: 'plan',
  arguments: '[paths...]',
  summary: '',
  group: '',
  options: [environmentOption, waveOption, recipientsOption, noWait, many],
  load: () => Promise.reject(new Error('not called')),
};

test('goes on with the same campaigns, environment and ledger, quoted for a shell', () => {
  const invoked = invocation(spec, ['my campaigns/'], {
    environment: 'prod',
    wave: '2026-11',
    recipients: "Ada's list.csv",
    store: 'ignored, as plan here has no such option',
  });
  expect(nextCommand('apply', invoked, invoked.args, ['--auto-approve'])).toBe(
    String.raw`callplan apply 'my campaigns/' -e prod --wave 2026-11 --recipients 'Ada'\''s list.csv' --auto-approve`,
  );
  expect(nextCommand('run', invoked, ['c.yaml'])).toContain('callplan run c.yaml -e prod');
});

test('says which environments there are where none was chosen, as plan needs one', () => {
  const invoked = invocation(spec, ['campaigns'], {});
  expect(nextPlan(invoked, ['staging', 'prod'])).toBe('callplan plan campaigns -e <staging|prod>');
  expect(nextPlan(invoked, [])).toBe('callplan plan campaigns');
});

test('names a campaign as the command line did, unless that means others, too', () => {
  const folder = invocation(spec, ['clinic'], {});
  expect(namedPath(folder, 'clinic/campaign.yaml', 1)).toEqual(['clinic']);
  expect(namedPath(folder, 'clinic/campaign.yaml', 2)).toEqual(['clinic/campaign.yaml']);
  expect(namedPath(invocation(spec, [], {}), 'campaign.yaml', 1)).toEqual(['campaign.yaml']);
});

test('reads options by their kinds', () => {
  const invoked = invocation(spec, [], { wait: false, fault: ['a', 'b'] });
  expect(invoked.option(noWait)).toBe(true);
  expect(invoked.option(many)).toEqual(['a', 'b']);
  expect(invoked.option(environmentOption)).toBeUndefined();
  expect(invoked.given(storeOption)).toBeUndefined();
  expect(invocation(spec, [], { wait: true }).option(noWait)).toBe(false);
});

test('is a bug to read an option that the command has not', () => {
  expect(() => invocation(spec, [], {}).option(storeOption)).toThrow('which is not an option of it');
});

test.each([
  ['-e, --environment <name>', 'environment'],
  ['--show-numbers', 'showNumbers'],
  ['--no-wait', 'wait'],
])('knows %s by the name that commander gives it', (flags, name) => {
  expect(attributeOf(flags)).toBe(name);
});

test('words values that it cannot take', () => {
  const format = choice('--format <format>', '', ['text', 'json']);
  expect(() => format.read('jsn')).toThrow('--format takes one of text, json; this is "jsn"');
  expect(() => format.read('zzzzzz')).toThrow('this is "zzzzzz"');
  const seed = wholeNumber('--seed <n>', '', { from: 2 });
  expect(() => seed.read('1')).toThrow('2 or more');
  expect(() => seed.read('1e3')).toThrow('whole number');
  expect(seed.read('007')).toBe(7);
  expect(parsed('--x <x>', '', Number).read(undefined)).toBeUndefined();
});
