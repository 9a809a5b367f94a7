import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { schemaKinds } from '../../src/cli/schemas.ts';
import { providerNames } from '../../src/providers/registry.ts';
import { world } from '../support/world.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { alone, printedSchema } from './printed-schema.ts';
import { edit, sandboxed } from './sandboxed.ts';
import type { Happening } from './sandboxed.ts';

type Case = {
  readonly name: string;
  readonly options: WorldOptions;
  readonly before: readonly (readonly string[] | Happening)[];
  readonly argv: readonly string[];
  readonly schema: string;
};

const apply = ['apply', '--auto-approve'];
const run = ['run', '.', '--approve', '4', '--max-duration', '3s'];
const drift = edit('campaign.yaml', 'option_two: Cancel', 'option_two: No');
const wrongKey = edit('campaign.yaml', 'rate: 1/s', 'rates: 1/s');
const stops = edit(
  'campaign.yaml',
  'execution:',
  [
    'execution:',
    'attempts: {max: 3, retry: {busy: [1h]}, another_time: 3h}',
    'canary: {calls: 2, stop_when: {failed: 50%}}',
    'stop_when: {failed: 25%}',
    'budget: {calls: 40, minutes: 300, cost: 50 USD}',
    'price: 0.09 USD/min',
    'per_person: [{calls: 3, per: 24h}, {calls: 5, per: 30d, in: campaign}]',
  ].join('\n  '),
);
const few = edit('campaign.yaml', 'max_new_recipients: 50', 'max_new_recipients: 2');
const clinic = sandboxed('clinic');
const life = { shares: { replied: 1 } };
const answered = sandboxed('clinic', { life });
const first = ['run', '.', '--apply', '--approve', '4'];
const wave = 'runs/clinic-reminders/default/2026-11-24';
const rerun = ['rerun', wave, '--only', 'answered', '--approve', '4'];

const pause = ['pause', '.'];
const cancel = ['cancel', '.', '--approve'];

const optOut = ['suppress', 'add', '+2348031234501', '--because', 'asked at the desk'];
const optIn = ['suppress', 'remove', '+2348031234501'];

const cases: readonly Case[] = [
  { name: 'a list of nobody', options: {}, before: [], argv: ['suppress', 'list'], schema: 'opt_outs' },
  { name: 'a list', options: {}, before: [optOut, optIn], argv: ['suppress', 'list'], schema: 'opt_outs' },
  { name: 'an addition', options: {}, before: [], argv: optOut, schema: 'opt_outs_changed' },
  { name: 'a removal', options: {}, before: [optOut], argv: optIn, schema: 'opt_outs_changed' },
  { name: 'an addition of nobody', options: {}, before: [], argv: ['suppress', 'add', '0'], schema: 'findings' },
  { name: 'a valid campaign', options: clinic, before: [], argv: ['validate'], schema: 'validation' },
  { name: 'findings', options: clinic, before: [wrongKey], argv: ['validate'], schema: 'validation' },
  { name: 'a preview', options: clinic, before: [], argv: ['preview', '.'], schema: 'preview' },
  {
    name: 'a preview with numbers',
    options: clinic,
    before: [],
    argv: ['preview', '.', '--show-numbers'],
    schema: 'preview',
  },
  {
    name: 'a preview of invalid files',
    options: clinic,
    before: [wrongKey],
    argv: ['preview', '.'],
    schema: 'findings',
  },
  { name: 'a plan without a store', options: clinic, before: [], argv: ['plan'], schema: 'plan' },
  { name: 'a plan with what stops a wave', options: clinic, before: [stops], argv: ['plan'], schema: 'plan' },
  { name: 'a plan with a store', options: clinic, before: [apply, run, drift], argv: ['plan'], schema: 'plan' },
  {
    name: 'a plan that sees nothing',
    options: sandboxed('clinic', { validKey: 'x' }),
    before: [],
    argv: ['plan'],
    schema: 'plan',
  },
  { name: 'a plan of invalid files', options: clinic, before: [wrongKey], argv: ['plan'], schema: 'plan' },
  { name: 'an apply', options: clinic, before: [], argv: apply, schema: 'application' },
  { name: 'an apply without approval', options: clinic, before: [], argv: ['apply'], schema: 'application' },
  { name: 'an apply of invalid files', options: clinic, before: [wrongKey], argv: ['apply'], schema: 'application' },
  { name: 'a status before', options: clinic, before: [], argv: ['status'], schema: 'status' },
  { name: 'a status of a wave', options: clinic, before: [apply, run], argv: ['status'], schema: 'status' },
  {
    name: 'a status in doubt',
    options: sandboxed('clinic', { faults: { 'lose-response': 1 } }),
    before: [apply, run],
    argv: ['status'],
    schema: 'status',
  },
  {
    name: 'a history',
    options: answered,
    before: [first, optOut],
    argv: ['history', '.', 'A-1001'],
    schema: 'history',
  },
  {
    name: 'a test call',
    options: answered,
    before: [apply],
    argv: ['call', '.', '--to', '+2348099999999', '--auto-approve'],
    schema: 'test_call',
  },
  {
    name: 'a table',
    options: answered,
    before: [first],
    argv: ['results', '.', '--out', 'results.csv'],
    schema: 'results',
  },
  { name: 'a run', options: answered, before: [], argv: first, schema: 'run' },
  { name: 'a run that is not over', options: clinic, before: [], argv: [...first, '--limit', '1'], schema: 'run' },
  { name: 'a run of invalid files', options: clinic, before: [wrongKey], argv: first, schema: 'findings' },
  { name: 'a run with a guard against it', options: clinic, before: [few], argv: first, schema: 'findings' },
  { name: 'a run without approval', options: clinic, before: [], argv: ['run', '.', '--apply'], schema: 'failure' },
  {
    name: 'a run that finds calls without a reference',
    options: sandboxed('clinic', { life, faults: { 'no-echo': true } }),
    before: [first, (made) => made.files.remove(join(made.cwd, '.callplan/callplan.db'))],
    argv: ['run', '.', '--approve', '4', '--take-over'],
    schema: 'run',
  },
  { name: 'a rerun', options: answered, before: [first], argv: rerun, schema: 'run' },
  {
    name: 'a rerun of nobody',
    options: answered,
    before: [first],
    argv: ['rerun', wave, '--only', 'busy'],
    schema: 'run',
  },
  {
    name: 'a rerun of no manifest',
    options: answered,
    before: [],
    argv: ['rerun', 'x', '--only', 'busy'],
    schema: 'findings',
  },
  {
    name: 'a history with a rerun in it',
    options: answered,
    before: [first, rerun],
    argv: ['history', '.', 'A-1001'],
    schema: 'history',
  },
  { name: 'a status beside a rerun', options: answered, before: [first, rerun], argv: ['status'], schema: 'status' },
  { name: 'a comparison', options: answered, before: [first], argv: ['diff', wave, wave], schema: 'diff' },
  {
    name: 'a comparison of what is no manifest',
    options: answered,
    before: [first],
    argv: ['diff', wave, 'campaign.yaml'],
    schema: 'findings',
  },
  { name: 'a rehearsal', options: clinic, before: [], argv: ['rehearse', '.'], schema: 'rehearsal' },
  {
    name: 'a rehearsal of invalid files',
    options: clinic,
    before: [wrongKey],
    argv: ['rehearse', '.'],
    schema: 'findings',
  },
  {
    name: 'a resolve',
    options: clinic,
    before: [apply, run],
    argv: ['resolve', '.', '--as', 'called'],
    schema: 'resolved',
  },
  {
    name: 'a resolve of invalid files',
    options: clinic,
    before: [wrongKey],
    argv: ['resolve', '.', '--as', 'called'],
    schema: 'findings',
  },
  { name: 'a pause', options: clinic, before: [apply, run], argv: ['pause', '.'], schema: 'paused' },
  { name: 'a pause of a paused wave', options: clinic, before: [apply, run, pause], argv: pause, schema: 'paused' },
  { name: 'a pause of no wave', options: clinic, before: [], argv: pause, schema: 'failure' },
  { name: 'a pause of invalid files', options: clinic, before: [wrongKey], argv: pause, schema: 'findings' },
  { name: 'a plan of a paused wave', options: clinic, before: [apply, run, pause], argv: ['plan'], schema: 'plan' },
  {
    name: 'a status of a paused wave',
    options: clinic,
    before: [apply, run, pause],
    argv: ['status'],
    schema: 'status',
  },
  { name: 'a run of a paused wave', options: clinic, before: [apply, run, pause], argv: ['run', '.'], schema: 'run' },
  {
    name: 'a resume of a paused wave',
    options: clinic,
    before: [apply, run, pause],
    argv: ['resume', '.'],
    schema: 'resumed',
  },
  { name: 'a cancel', options: clinic, before: [apply, run], argv: [...cancel, '4'], schema: 'cancelled' },
  {
    name: 'a cancel without approval',
    options: clinic,
    before: [apply, run],
    argv: ['cancel', '.'],
    schema: 'failure',
  },
  { name: 'a cancel of invalid files', options: clinic, before: [wrongKey], argv: ['cancel', '.'], schema: 'findings' },
  {
    name: 'a resume of a cancelled wave',
    options: clinic,
    before: [apply, run, [...cancel, '4']],
    argv: ['resume', '.'],
    schema: 'failure',
  },
  { name: 'a resume', options: clinic, before: [apply, run], argv: ['resume', '.'], schema: 'resumed' },
  { name: 'a resume of invalid files', options: clinic, before: [wrongKey], argv: ['resume', '.'], schema: 'findings' },
  { name: 'a resume of no wave', options: clinic, before: [], argv: ['resume', '.'], schema: 'failure' },
  { name: 'a wrong command line', options: clinic, before: [], argv: ['plan', '--out', 'x'], schema: 'failure' },
  {
    name: 'a missing secret',
    options: sandboxed('clinic', { env: {} }),
    before: [],
    argv: ['plan'],
    schema: 'failure',
  },
  { name: 'an explanation', options: {}, before: [], argv: ['explain', 'KEY_UNKNOWN'], schema: 'explanation' },
  { name: 'the list of codes', options: {}, before: [], argv: ['explain'], schema: 'codes' },
  { name: 'the providers', options: {}, before: [], argv: ['providers'], schema: 'providers' },
  { name: 'the list of schemas', options: {}, before: [], argv: ['schema'], schema: 'schemas' },
  {
    name: 'the list of faults',
    options: {},
    before: [],
    argv: ['sandbox', 'intron', '--fault', 'help'],
    schema: 'faults',
  },
];

test('every output has a schema, and every schema of an output is tried', () => {
  const elsewhere = [
    'campaign',
    ...providerNames,
    'diagnostic',
    'trip',
    'manifest',
    'result',
    'sandbox',
    'sandbox_ended',
  ];
  const tried = cases.map(({ schema }) => schema);
  expect([...new Set([...tried, ...elsewhere])].toSorted()).toEqual(schemaKinds.toSorted());
});

test.each(cases)('$name is as its schema says, in its order', async ({ options, before, argv, schema }) => {
  await using made = await world(options);
  for (const step of before) {
    if (typeof step === 'function') await step(made);
    else await main(step, made);
  }
  made.terminal.clear();
  const code = await main([...argv, '--format', 'json'], made);
  const output: unknown = JSON.parse(made.terminal.stdoutText());
  expect(await problems(schema, output)).toEqual([]);
  expect(output).toMatchObject({ kind: schema, exit_code: code });
  const keys = keysOf(output);
  const { properties } = await printedSchema(schema);
  expect(keys).toEqual(keysOf(properties).filter((key) => keys.includes(key)));
});

test('manifest and results of a run are as their schemas say', async () => {
  await using made = await world(clinic);
  await main(apply, made);
  await main(['run', '.', '--approve', '4', '--max-duration', '2m'], made);
  const folder = 'runs/clinic-reminders/default/2026-11-24';
  expect(await problems('manifest', JSON.parse(await read(made, `${folder}/manifest.json`)))).toEqual([]);
  const lines = (await read(made, `${folder}/results.jsonl`)).trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(await problems('result', JSON.parse(line))).toEqual([]);
});

async function problems(kind: string, data: unknown): Promise<readonly string[]> {
  const validate = alone(await printedSchema(kind));
  if (validate(data)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

async function read(made: FakeWorld, file: string): Promise<string> {
  return new TextDecoder().decode(await made.files.read(join(made.cwd, file)));
}
