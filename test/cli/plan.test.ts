import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { answers } from '../support/answers.ts';
import { world } from '../support/world.ts';
import type { FakeWorld } from '../support/world.ts';
import { edit, inDashboard, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const apply = ['apply', '.', '--auto-approve'];

test('plans a new campaign: the resource, who would be called, what is not known without a store', async () => {
  const text = await transcript(
    [['plan'], ['plan', '--detailed-exitcode'], ['plan', '.', '--format', 'json']],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-new.md');
});

test('shows how zones are known and what narrows the windows, and a rehearsal keeps to it', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'country: NG\n  timezone: Africa/Lagos', 'timezone: "{{zone}}"\n  consent: "{{agreed}}"'),
      edit('campaign.yaml', "d MMMM'}}", "d MMMM' in='yyyy-MM-dd'}}"),
      edit('campaign.yaml', 'time: "{{formatDate appointment \'HH:mm\'}}"', 'time: "10:00"'),
      edit(
        'campaign.yaml',
        'execution:',
        [
          'execution:',
          '  start_at: 2026-11-24T09:00-05:00',
          '  end_at: 2026-11-30T20:00-05:00',
          '  expire_after: 72h',
          '  holidays: [2026-11-26]',
          '  policy: us-federal@1',
        ].join('\n'),
      ),
      write(
        'recipients.csv',
        [
          'appointment_id,first_name,last_name,mobile,appointment,zone,agreed',
          'A-1,Ada,Obi,+12125550123,2026-12-01,,2026-10-02',
          'A-2,Bola,Eze,+12085550123,2026-12-01,,yes',
          'A-3,Chi,Ali,+18005550123,2026-12-01,,yes',
          'A-4,Dayo,Musa,+18005550124,2026-12-01,America/Denver,yes',
          'A-5,Efe,Bello,+870776001234,2026-12-01,,yes',
          'A-6,Femi,Sani,+12125550124,2026-12-01,,no',
          '',
        ].join('\n'),
      ),
      ['plan'],
      ['plan', '.', '--format', 'json'],
      ['rehearse', '.', '--at', '2026-11-24T08:00:00-05:00'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-zones.md');
});

test('leads from too many invalid rows to a file of them, as it only counts them', async () => {
  await using made = await world(sandboxed('clinic'));
  await edit('campaign.yaml', 'max_invalid: 3', 'max_invalid: 0')(made);
  await write('recipients.csv', 'appointment_id,first_name,last_name,mobile,appointment\nA-1,Ada,Obi,0803,\n')(made);
  expect(await main(['plan', '.'], made)).toBe(3);
  const told = made.terminal.stdoutText() + made.terminal.stderrText();
  expect(told).toContain('1 of 1 rows is invalid');
  expect(told).toContain('Next: callplan validate . --rejects rejects.csv');
});

test('plans nothing right after an apply, and then only what the file changes', async () => {
  const text = await transcript(
    [
      apply,
      ['plan', '.', '--detailed-exitcode'],
      edit('campaign.yaml', 'option_two: Cancel', 'option_two: Call me back'),
      edit('campaign.yaml', 'Press 1 to confirm, 2 to cancel.', 'Press 1 to confirm, 2 for a call back.'),
      edit('campaign.yaml', 'clinic: Garki Hospital', 'clinic: Wuse General Hospital'),
      ['plan'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-config.md');
});

test('tells drift from the change of a file, with a store and without', async () => {
  const text = await transcript(
    [
      apply,
      changeInDashboard({ option_one: 'Yes', include_reply: true, name: 'Clinic reminder' }),
      ['plan'],
      edit('campaign.yaml', 'option_one: Confirm', 'option_one: I come'),
      ['plan'],
      ['plan', '--store', 'elsewhere.db'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-drift.md');
});

test('stops at a conflict and says what to do', async () => {
  const text = await transcript(
    [
      apply,
      async (made) => {
        await inDashboard(made, 'POST', '/workflows', {
          name: 'A copy',
          workflow_type: 'ROBOCALL',
          message: 'x',
          description: '[callplan:1 clinic-reminders/default sha256:0123456789abcdef store:-]',
        });
      },
      ['plan'],
      ['apply', '--auto-approve'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-conflict.md');
});

test('adopts an object that the file names, and finds an id that is not there', async () => {
  const text = await transcript(
    [
      edit(
        'campaign.yaml',
        '  name: Clinic reminder',
        '  id: 7b1c0e0e-0000-4000-8000-000000000000\n  name: Clinic reminder',
      ),
      ['plan'],
      async (made) => {
        const created = await inDashboard(made, 'POST', '/workflows', {
          name: 'Made by hand',
          workflow_type: 'ROBOCALL',
          message: 'Hello [patient_name]',
        });
        await edit('campaign.yaml', '7b1c0e0e-0000-4000-8000-000000000000', idOf(created))(made);
      },
      ['plan'],
      apply,
      ['plan'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-adopt.md');
});

test('asks for what an object needs that is only used', async () => {
  const text = await transcript(
    [
      async (made) => {
        const created = await inDashboard(made, 'POST', '/workflows', {
          name: 'Made by hand',
          workflow_type: 'ROBOCALL',
          message: 'Your [car] and your [colour]',
        });
        const used = usedOnly(idOf(created));
        await write('campaign.yaml', used)(made);
      },
      ['plan'],
      edit('campaign.yaml', '{plate: ABC-123, car: Corolla,', '{plate: ABC-123, car: Corolla, colour: red,'),
      edit('campaign.yaml', '{plate: DEF-456, car: Hilux,', '{plate: DEF-456, car: Hilux, colour: blue,'),
      ['plan'],
    ],
    sandboxed('garage'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-used.md');
});

test('refuses what a guard does not allow', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'max_recipients: 50', 'max_recipients: 3'),
      ['plan'],
      edit('campaign.yaml', 'max_recipients: 3', 'max_recipients: 50'),
      edit('campaign.yaml', 'max_new_recipients: 50', 'max_new_recipients: 2'),
      apply,
      ['plan'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-guards.md');
});

test('stops where a file speaks for another campaign than before', async () => {
  const text = await transcript(
    [
      apply,
      edit('campaign.yaml', 'campaign: clinic-reminders', 'campaign: clinic-reminder'),
      ['plan'],
      ['plan', '--new-address'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-new-address.md');
});

test('words what keeps it from looking: environments, secrets, keys, servers', async () => {
  const text = [
    await transcript([['plan'], ['plan', '-e', 'test']], sandboxed('garage')),
    await transcript([['plan']], sandboxed('clinic', { env: {} })),
    await transcript([['plan']], sandboxed('clinic', { validKey: 'another' })),
    await transcript(
      [['plan'], ['plan', '.', '--format', 'json']],
      sandboxed('clinic', { http: () => answers.html() }),
    ),
    await transcript([['plan']], sandboxed('clinic', { http: () => answers.redirect() })),
    await transcript([['plan']], sandboxed('clinic', { http: () => answers.cut() })),
    await transcript([['plan']], sandboxed('clinic', { http: () => answers.lying() })),
    await transcript([['plan']], sandboxed('clinic', { http: () => answers.silent() })),
    await transcript([['plan']], { ...sandboxed('clinic'), http: () => down }),
  ].join('\n');
  await expect(text).toMatchFileSnapshot('snapshots/plan-unreachable.md');
});

test('has no option that is not built yet, and words stores that are none', async () => {
  const text = await transcript(
    [
      ['plan', '--out', 'plan.json'],
      ['plan', '--store', 'postgres://db.example/callplan'],
      write('notes.txt', 'This is a text, and no database at all, however long it may become.'),
      ['plan', '--store', 'notes.txt'],
    ],
    sandboxed('clinic'),
  );
  await expect(text).toMatchFileSnapshot('snapshots/plan-options.md');
});

test.each([['plan'], ['validate'], ['preview'], ['status']])(
  '%s writes nothing, neither there nor here',
  async (command) => {
    await using made = await world(sandboxed('clinic'));
    const before = await readdir(made.cwd, { recursive: true });
    expect(await main([command, 'campaign.yaml'], made)).toBe(0);
    expect(made.sent.filter(({ request }) => request.method !== 'GET')).toEqual([]);
    expect(await readdir(made.cwd, { recursive: true })).toEqual(before);
  },
);

test('writes nothing where there is a store either', async () => {
  await using made = await world(sandboxed('clinic'));
  expect(await main(['apply', '--auto-approve'], made)).toBe(0);
  const before = await contents(made);
  const sent = made.sent.length;
  for (const command of ['plan', 'status', 'validate', 'preview']) await main([command, '.'], made);
  expect(made.sent.slice(sent).filter(({ request }) => request.method !== 'GET')).toEqual([]);
  expect(await contents(made)).toEqual(before);
});

test('gives equal bytes for equal inputs, at any time', async () => {
  const runs = ['2026-11-24T09:00:00Z', '2026-11-28T23:59:00Z'].map((at) =>
    transcript([['plan'], ['plan', '.', '--format', 'json']], sandboxed('clinic', { at })),
  );
  const [first, second] = await Promise.all(runs);
  expect(second).toBe(first);
});

test('ends with the code of the signal when it is interrupted', async () => {
  await using made = await world(sandboxed('clinic', { http: () => answers.silent() }));
  const ended = main(['plan'], made);
  while (made.sent.length === 0 && made.asked() === 0) await new Promise(setImmediate);
  made.interrupt('SIGTERM');
  expect(await ended).toBe(143);
});

const down = (): Promise<{ readonly kind: 'unsent'; readonly cause: unknown }> =>
  Promise.resolve({ kind: 'unsent', cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });

function changeInDashboard(fields: Readonly<Record<string, unknown>>): (made: FakeWorld) => Promise<void> {
  return async (made) => {
    const listed = await inDashboard(made, 'GET', '/workflows');
    await inDashboard(made, 'PUT', `/workflows/${idOf(listed)}`, fields);
  };
}

/** The id in an answer, of the first object where it is a list. */
function idOf(answer: unknown): string {
  const id = /"id":"(?<id>[^"]+)"/.exec(JSON.stringify(answer))?.groups?.['id'];
  if (id === undefined) throw new Error('no id');
  return id;
}

function usedOnly(id: string): string {
  return `version: 1
campaign: garage-recall
wave: "2026-12"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}"}
workflow: {id: ${id}}
recipients:
  from:
    - rows:
        - {plate: ABC-123, car: Corolla, owner: "+2348031234511"}
        - {plate: DEF-456, car: Hilux, owner: "+2348031234512"}
  id: "{{plate}}"
  phone: "{{owner}}"
execution: {windows: always}
`;
}

async function contents(made: FakeWorld): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(made.cwd, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  return Promise.all(
    files
      .toSorted()
      .map(async (path) => [path, new TextDecoder('latin1').decode(await made.files.read(path))] as const),
  );
}

test('counts apart who certainly will not be called, before a run and where one left them', async () => {
  const late = 'A-1008,Hauwa,Sani,08031234508,2026-11-24T09:30\nA-1009,Ike,Udo,08031234509,2026-11-24T18:30\n';
  const text = await transcript(
    [
      edit('campaign.yaml', '  same_phone:', '  not_after: "{{appointment}}"\n  same_phone:'),
      edit('recipients.csv', 'A-1007', `${late}A-1007`),
      ['plan', '.'],
      ['run', '.', '--apply', '--approve', '5'],
      ['plan', '.'],
      ['run', '.'],
    ],
    sandboxed('clinic', { life: { shares: { replied: 1 } }, at: '2026-11-24T09:00:00Z' }),
  );
  await expect(text.replaceAll(/^(GET|POST|PUT) .*\n/gm, '')).toMatchFileSnapshot('snapshots/plan-late.md');
});

test('says in a terminal that it tries again when nothing answers, and only there', async () => {
  const once = async (tty: boolean): Promise<string> => {
    await using made = await world({ ...sandboxed('clinic'), http: () => answers.cut(), tty });
    expect(await main(['plan', '.'], made)).toBe(8);
    return made.terminal.stderrText();
  };
  expect(await once(true)).toMatch(/^GET \/voicebot\/v1\/workflows: .*; trying again\n$/);
  expect(await once(false)).toBe('');
});

test('shows what stops a wave and keeps people from too many calls, before anybody is called and while they wait', async () => {
  const text = await transcript(
    [
      edit(
        'campaign.yaml',
        'execution:',
        [
          'execution:',
          '  attempts: {max: 2, retry: {no_answer: [30m]}, another_time: 3h}',
          '  canary: {calls: 2, stop_when: {failed: 50%}}',
          '  stop_when: {failed: 25%, voicemail: 60%}',
          '  budget: {calls: 40, minutes: 300, cost: 50 USD}',
          '  price: 0.09 USD/min',
          '  per_person: [{calls: 3, per: 24h}, {calls: 5, per: 30d, in: campaign}]',
        ].join('\n'),
      ),
      edit('campaign.yaml', 'type: intron', 'type: intron\n  statuses: {TIMEOUT: no_answer}'),
      ['plan'],
      ['preview', '.', '--limit', '1'],
      ['run', '.', '--apply', '--approve', '5', '--max-duration', '1h'],
      ['status', '.'],
      ['run', '.', '--approve', '5'],
      ['history', '.', 'A-1001'],
    ],
    sandboxed('clinic', { life: { shares: { no_answer: 1 } }, at: '2026-11-24T08:30:00Z' }),
  );
  const kept = text.replaceAll(/^(?:GET|POST|PUT) .*\n|^\d of 4 done.*\n(?: {2}\S.*\n)*/gm, '');
  await expect(kept).toMatchFileSnapshot('snapshots/plan-stops.md');
});

test('calls nobody of a wave that stopped itself, as run does, until it is resumed', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'execution:', 'execution:\n  budget: {calls: 3}'),
      ['run', '.', '--apply', '--approve', '4'],
      ['plan', '.', '--detailed-exitcode'],
      ['resume', '.'],
      ['plan', '.', '--detailed-exitcode'],
    ],
    sandboxed('clinic', { life: { shares: { replied: 1 } } }),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 9', 'exit 0', 'exit 0', 'exit 2']);
  const [, , plan = ''] = text.replaceAll(/\s+/g, ' ').split('## callplan');
  expect(plan).toContain('+ 0 to call the wave stopped: one more call may not fit into the budget of 3 calls');
  expect(plan).toContain('Next: nothing to apply, nobody to call callplan resume .');
});
