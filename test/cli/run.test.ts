import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Http } from '../../src/ports.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { world } from '../support/world.ts';
import type { WorldOptions } from '../support/world.ts';
import { edit, sandboxed, write } from './sandboxed.ts';
import { transcript } from './transcript.ts';

/** Everybody answers and chooses an option, so that nobody has to be followed up for hours. */
const life = { shares: { replied: 1 } };
const clinic = (options: Parameters<typeof sandboxed>[1] = {}): WorldOptions =>
  sandboxed('clinic', { life, ...options });

const address = 'clinic-reminders/default';
const first = ['run', '.', '--apply', '--approve', '4'];

test('applies, calls everybody once, and calls nobody when it is run again', async () => {
  const text = await transcript([first, ['run', '.'], ['run', '.', '--format', 'json']], clinic());
  await expect(text).toMatchFileSnapshot('snapshots/run.md');
});

test('calls only who was added', async () => {
  const row = 'A-1008,Hauwa,Sani,08031234508,2026-11-25T14:00\n';
  const text = await transcript(
    [
      first,
      edit('recipients.csv', 'A-1007', `${row}A-1007`),
      ['run', '.', '--approve', '0'],
      ['run', '.', '--approve', '1'],
    ],
    clinic(),
  );
  expect(dialled(text)).toBe(5);
  await expect(text.slice(text.indexOf('--approve 0'))).toMatchFileSnapshot('snapshots/run-added.md');
});

test('calls nobody without an approval', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply'],
      ['run', '.', '--apply', '--format', 'json'],
      ['run', '.', '--apply', '--approve', '3'],
    ],
    clinic(),
  );
  expect(dialled(text)).toBe(0);
  expect(text).not.toContain('POST');
  await expect(text).toMatchFileSnapshot('snapshots/run-not-approved.md');
});

test('asks on a terminal for the number of people to be typed', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply'],
      ['run', '.', '--apply'],
    ],
    clinic({ answers: ['yes', '4'] }),
  );
  expect(dialled(text)).toBe(4);
  await expect(text).toMatchFileSnapshot('snapshots/run-asks.md');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('ends by %s at the question with %i, and writes nothing', async (signal, code) => {
  await using made = await world(clinic({ answers: [] }));
  const ask = (): Promise<undefined> => {
    made.interrupt(signal);
    return Promise.resolve(undefined);
  };
  const terminal = { ...made.terminal, ask };
  expect(await main(['run', '.', '--apply'], { ...made, terminal })).toBe(code);
  expect(made.terminal.stderrText()).toContain('nobody was called');
  expect(made.sent.filter(({ request }) => request.method !== 'GET')).toEqual([]);
});

test.each([
  ['SIGHUP', 'SIGHUP', 143],
  ['SIGHUP', 'SIGTERM', 143],
  ['unheard', 'SIGHUP', 8],
  ['unheard', 'SIGINT', 8],
] as const)(
  'finishes its requests at %s, though %s follows, writes results and ends with %i',
  async (how, next, code) => {
    const switched = { interrupt: (): void => undefined };
    const options = through((http) => (request, signal) => {
      if (request.url.endsWith('/call')) switched.interrupt();
      return signal.aborted ? Promise.resolve({ kind: 'unsent', cause: signal.reason }) : http(request, signal);
    });
    await using made = await world(options);
    switched.interrupt = () => {
      made.interrupt(how);
      made.interrupt(next);
    };
    expect(await main([...first, '--wave', how], made)).toBe(code);
    const manifest = join(made.cwd, `runs/clinic-reminders/default/${how}/manifest.json`);
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({
      wave: { status: 'interrupted' },
      record: { runs: [{ exit_code: code }] },
    });
    switched.interrupt = () => undefined;
    expect(await main(['run', '.', '--wave', how, '--approve', '4'], made)).toBe(0);
  },
);

test('finishes its requests when it is interrupted, and goes on later', async () => {
  const switched = { interrupt: (): void => undefined };
  const options = through((http) => (request, signal) => {
    if (request.url.endsWith('/call')) switched.interrupt();
    return http(request, signal);
  });
  const text = await transcript(
    [
      edit('campaign.yaml', 'batch_size: 5', 'batch_size: 1'),
      (made) => {
        switched.interrupt = () => made.interrupt('SIGINT');
      },
      first,
      () => {
        switched.interrupt = () => undefined;
      },
      ['run', '.', '--approve', '3'],
    ],
    options,
  );
  expect(dialled(text)).toBe(4);
  await expect(text).toMatchFileSnapshot('snapshots/run-interrupted.md');
});

test('stops where the resource differs and is not to be applied', async () => {
  const text = await transcript(
    [
      ['run', '.', '--approve', '4'],
      ['run', '.', '--approve', '4', '--format', 'json', '--wave', '2026-12', '--store', 'other.db'],
    ],
    clinic(),
  );
  await expect(text).toMatchFileSnapshot('snapshots/run-differs.md');
});

test('stops where the key is refused or missing, and does not print it', async () => {
  const refused = await transcript([first], clinic({ validKey: 'another' }));
  const missing = await transcript([first], clinic({ env: {} }));
  await expect(refused + missing).toMatchFileSnapshot('snapshots/run-key.md');
});

test('wants the store to be named in CI', async () => {
  const { env, ...options } = clinic();
  const text = await transcript([first], { ...options, env: { ...env, CI: 'true' } });
  await expect(text).toMatchFileSnapshot('snapshots/run-ci.md');
  const named = await transcript([[...first, '--store', 'ci.db']], { ...options, env: { ...env, CI: 'true' } });
  expect(named).toContain('exit 0');
});

test('leaves a campaign alone that another store runs, until it is taken over', async () => {
  const text = await transcript(
    [
      [...first, '--limit', '1', '--store', 'a.db'],
      ['run', '.', '--approve', '4', '--store', 'b.db'],
      ['run', '.', '--approve', '4', '--store', 'b.db', '--take-over'],
    ],
    clinic(),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 10', 'exit 4', 'exit 0']);
  await expect(text.slice(text.indexOf('## callplan', 5))).toMatchFileSnapshot('snapshots/run-take-over.md');
});

test('plans no number of people with a store that did not run the campaign last', async () => {
  const text = await transcript(
    [
      [...first, '--limit', '1', '--store', 'a.db'],
      ['suppress', 'add', '+2348031234599', '--store', 'b.db'],
      ['plan', '.', '--store', 'b.db'],
    ],
    clinic(),
  );
  expect(text).toContain('unknown (last run from another store, ');
  expect(text).toContain('at most 4 people to call.');
  expect(text).toContain('or, if that store is lost:\n      callplan run . --store b.db --take-over');
});

test('lets another process work', async () => {
  await using made = await world(clinic());
  await main(['apply', '--auto-approve'], made);
  const store = await openSqlite(`${made.cwd}/.callplan/callplan.db`, { ...made, create: false });
  const holder = { hostname: 'another', pid: 7, started: 'then', command: 'run' };
  const lease = await store.acquire(address, holder, made.clock.now());
  const beating = new AbortController();
  const beats = (async (): Promise<void> => {
    while (!beating.signal.aborted) {
      await made.clock.sleep(2000, beating.signal);
      if (lease.kind === 'held') await store.beat(address, lease.fence, made.clock.now());
    }
  })();
  expect(await main(first, made)).toBe(6);
  expect(await main(['resume', '.'], made)).toBe(3);
  expect(made.terminal.stderrText()).toContain(`${address} is held by "run", process 7 on another`);
  beating.abort();
  await beats;
  await store.close();
});

test('ends at a limit, at a length of time, and where nobody is due now', async () => {
  const limited = await transcript([[...first, '--limit', '2']], clinic());
  expect(limited).toContain('exit 10');
  const closed = await transcript([[...first, '--no-wait']], clinic({ at: '2026-11-24T20:00:00Z' }));
  expect(dialled(closed)).toBe(0);
  const long = await transcript(
    [
      edit('campaign.yaml', 'rate: 1/s', 'rate: 1/m'),
      edit('campaign.yaml', 'batch_size: 5', 'batch_size: 1'),
      [...first, '--max-duration', '90s'],
    ],
    clinic(),
  );
  expect(long).toContain('exit 10');
  await expect(limited + closed + long).toMatchFileSnapshot('snapshots/run-ends.md');
});

test('calls nobody where a guard is against it', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'max_new_recipients: 50', 'max_new_recipients: 2'),
      first,
      edit('campaign.yaml', 'max_recipients: 50', 'max_recipients: 3'),
      [...first, '--format', 'json'],
    ],
    clinic(),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 5', 'exit 5']);
  expect(text).not.toContain('POST');
  await expect(text).toMatchFileSnapshot('snapshots/run-guards.md');
});

test('keeps what a wave leaves behind beside the store, out of git and for the owner only', async () => {
  const text = await transcript(
    [
      ['run', 'clinic', '--apply', '--approve', '4'],
      async (made) => {
        const runs = join(made.cwd, 'clinic/runs');
        expect(await readFile(join(runs, '.gitignore'), 'utf8')).toBe('*\n');
        expect((await stat(join(runs, 'clinic-reminders/default/2026-11-24/rejects.csv'))).mode & 0o777).toBe(0o600);
        expect(await made.files.info(join(made.cwd, 'runs'))).toBeUndefined();
      },
    ],
    { ...clinic(), folder: join(import.meta.dirname, 'fixtures') },
  );
  expect(text).toContain('clinic/runs/clinic-reminders/default/2026-11-24/manifest.json');
});

test('calls nobody where too many rows are invalid, and keeps them for the owner only', async () => {
  const text = await transcript(
    [
      edit('campaign.yaml', 'max_invalid: 3', 'max_invalid: 1'),
      first,
      async (made) => {
        const path = join(made.cwd, 'runs/clinic-reminders/default/2026-11-24/rejects.csv');
        expect((await stat(path)).mode & 0o777).toBe(0o600);
        expect((await readFile(path, 'utf8')).trimEnd().split('\r\n')).toHaveLength(3);
      },
    ],
    clinic(),
  );
  expect(text).not.toContain('POST');
  await expect(text).toMatchFileSnapshot('snapshots/run-invalid.md');
});

test('stops when all are refused alike, until it is resumed', async () => {
  const faults = { refuse: 1 };
  const people = Array.from({ length: 14 }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return `B-${number},Ada,Obi,080312346${number},2026-11-25T09:30\n`;
  });
  const text = await transcript(
    [
      edit('campaign.yaml', 'batch_size: 5', 'batch_size: 1'),
      write('recipients.csv', `appointment_id,first_name,last_name,mobile,appointment\n${people.join('')}`),
      ['run', '.', '--apply', '--approve', '14'],
      ['run', '.'],
      () => {
        faults.refuse = 0;
      },
      ['resume', '.', '--format', 'json'],
      ['resume', '.'],
      ['run', '.', '--approve', '14'],
    ],
    clinic({ faults }),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 9', 'exit 9', 'exit 0', 'exit 0', 'exit 0']);
  await expect(text).toMatchFileSnapshot('snapshots/run-tripped.md');
});

test('says that a wave stopped itself, also where a person paused it afterwards', async () => {
  const people = Array.from({ length: 12 }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return `B-${number},Ada,Obi,080312346${number},2026-11-25T09:30\n`;
  });
  const text = await transcript(
    [
      edit('campaign.yaml', 'batch_size: 5', 'batch_size: 1'),
      write('recipients.csv', `appointment_id,first_name,last_name,mobile,appointment\n${people.join('')}`),
      ['run', '.', '--apply', '--approve', '12'],
      ['pause', '.'],
      ['run', '.', '--approve', '12'],
      ['run', '.', '--approve', '12', '--format', 'json'],
    ],
    clinic({ faults: { refuse: 1 } }),
  );
  expect(text).toMatch(/"tripped": \{\s+"kind": "alike"/);
  await expect(text.slice(text.indexOf('## callplan pause'))).toMatchFileSnapshot('snapshots/run-tripped-paused.md');
});

test('calls nobody where the earlier calls cannot be listed whole, and says what to do', async () => {
  const text = await transcript(
    [
      ['run', '.', '--apply', '--approve', '4'],
      ['run', '.', '--approve', '4', '--nobody-called', '2026-11-24'],
    ],
    clinic({ faults: { 'total-off': true } }),
  );
  expect(text.match(/exit \d+/g)).toEqual(['exit 4', 'exit 0']);
  expect(text).toContain(
    [
      'Next: run it again, as the listing may come whole then:',
      '      callplan run . --apply',
      '      or, if you know that nobody of this wave was called yet, say so:',
      '      callplan run . --apply --nobody-called 2026-11-24',
    ].join('\n'),
  );
});

test('says that a wave goes on which it lets go on', async () => {
  const text = await transcript(
    [
      ['resume', '.'],
      [...first, '--limit', '1'],
      ['resume', '.'],
      ['resume', '.', '--wave', 'another'],
    ],
    clinic(),
  );
  const shown = text.split('## ').filter((part) => part.startsWith('callplan resume'));
  await expect(shown.join('## ')).toMatchFileSnapshot('snapshots/resume.md');
});

test('leaves those to a person of whom nobody can tell whether they were called', async () => {
  const lookUps = { fail: true };
  const text = await transcript(
    [
      [...first, '--max-duration', '1h'],
      ['resolve', '.'],
      ['resolve', '.', 'A-9999', '--as', 'called'],
      ['resolve', '.', 'A-1001', '--as', 'called'],
      ['resolve', '.', '--as', 'not-called', '--format', 'json'],
      ['resolve', '.', '--as', 'not-called'],
      ['resolve', '.', 'A-1001', '--as', 'called'],
      () => {
        lookUps.fail = false;
      },
      ['run', '.', '--approve', '3'],
    ],
    unanswered(lookUps),
  );
  expect(text.match(/exit \d+/g)).toEqual([
    'exit 7',
    'exit 64',
    'exit 64',
    'exit 0',
    'exit 0',
    'exit 0',
    'exit 64',
    'exit 0',
  ]);
  await expect(text).toMatchFileSnapshot('snapshots/run-unresolved.md');
});

test('needs the word of a person about calls that carry no reference', async () => {
  const text = await transcript(
    [
      first,
      (made) => made.files.remove(join(made.cwd, '.callplan/callplan.db')),
      ['run', '.', '--approve', '4', '--take-over'],
      ['run', '.', '--approve', '4', '--take-over', '--format', 'json'],
      ['run', '.', '--approve', '4', '--take-over', '--nobody-called', '2026-11-23'],
      ['run', '.', '--approve', '4', '--take-over', '--nobody-called', '2026-11-24', '--no-wait'],
    ],
    clinic({ faults: { 'no-echo': true } }),
  );
  await expect(text.slice(text.indexOf('## callplan', 5))).toMatchFileSnapshot('snapshots/run-nobody-called.md');
});

/** How many requests placed calls. */
function dialled(text: string): number {
  return text.match(/^POST \S+\/call /gm)?.length ?? 0;
}

/** A world whose requests pass through something before they reach the sandbox. */
function through(wrap: (http: Http) => Http): WorldOptions {
  return clinic({ http: ({ clock }) => wrap(intronSandbox({ clock, random: seededRandom(7), life }).http) });
}

/** Calls are placed, but no answer comes; and while `fail` holds, no listing is to be had afterwards. */
function unanswered(lookUps: { readonly fail: boolean }): WorldOptions {
  let placed = false;
  return through((http) => async (request, signal) => {
    const isCall = request.url.endsWith('/call');
    if (lookUps.fail && placed && /\/(requests|calls)\?/.test(request.url)) {
      return { kind: 'answered', status: 404, headers: {}, body: '{"status":"error"}' };
    }
    const answer = await http(request, signal);
    if (!isCall || !lookUps.fail) return answer;
    placed = true;
    return { kind: 'unanswered', cause: new Error('the connection was cut') };
  });
}

test('sends nothing of what the disk did not take, whichever of its syncs fails', async () => {
  for (let good = 0; good < 12; good += 1) {
    await using made = await world(clinic());
    const calls = (): number => made.sent.filter(({ request }) => request.url.endsWith('/call')).length;
    let syncs = 0;
    let before: number | undefined;
    const syncFile = async (descriptor: number): Promise<void> => {
      syncs += 1;
      if (syncs <= good) return made.syncFile(descriptor);
      before ??= calls();
      throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' });
    };
    const exit = await main(first, { ...made, syncFile });
    expect([good, calls()]).toEqual([good, before ?? 4]);
    expect([good, exit]).toEqual([good, before === undefined ? 0 : 8]);
    if (good < 6) expect(before).toBeDefined();
  }
});
