/** What a run does where looking at the resource, or applying what differs, does not go as planned: nobody is called. */
import { expect, test } from 'vitest';
import type { Exchange, Http, WireRequest } from '../../src/ports.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { answers } from '../support/answers.ts';
import type { FakeWorld, WorldOptions } from '../support/world.ts';
import { edit, inDashboard, sandboxed } from './sandboxed.ts';
import { transcript } from './transcript.ts';

const run = ['run', '.', '--apply', '--approve', '4'];
const json = [...run, '--format', 'json'];

test('says why nothing could be seen', async () => {
  await snapshot('unseen', [run, json], sandboxed('clinic', { http: () => answers.cut() }), [8, 8]);
});

test('leaves alone what it cannot tell to be its own', async () => {
  const steps = [
    edit('campaign.yaml', 'workflow:\n', 'workflow:\n  id: not-there\n'),
    run,
    edit('campaign.yaml', '  id: not-there\n', ''),
    ['apply', '.', '--auto-approve'],
    markedTwice,
    run,
    ['run', '.', '--format', 'json'],
  ];
  await snapshot('conflict', steps, sandboxed('clinic'), [4, 0, 4, 4]);
});

test('calls nobody where the provider does not take the resource', async () => {
  const refused = answering((request) => isCreate(request), 422, 'the name is taken');
  await snapshot('rejected', [run, json], refused, [7, 7]);
});

test('calls nobody where the key may read and not write', async () => {
  const refused = answering((request) => isCreate(request), 403, 'read only');
  await snapshot('read-only', [run, json], refused, [8, 8]);
});

test('calls nobody where the provider does not keep a field', async () => {
  const forgetful = sandboxed('clinic', { faults: { 'drop-field': ['option_two'] } });
  await snapshot('not-kept', [run, json], forgetful, [7, 7]);
});

test('calls nobody where the resource changes between the look and the change', async () => {
  let listings = 0;
  const meanwhile = through((http) => async (request, signal) => {
    if (request.method === 'GET' && request.url.endsWith('/workflows')) listings += 1;
    const answer = await http(request, signal);
    if (listings !== 4 || answer.kind !== 'answered' || request.method !== 'GET') return answer;
    return { ...answer, body: answer.body.replace('"option_two":"Cancel"', '"option_two":"Stop"') };
  });
  const steps = [
    ['apply', '.', '--auto-approve'],
    edit('campaign.yaml', 'option_one: Confirm', 'option_one: Yes'),
    run,
  ];
  await snapshot('stale', steps, meanwhile, [0, 4]);
});

test('calls nobody where it is interrupted before anything was applied', async () => {
  const options = sandboxed('clinic');
  let asked: FakeWorld | undefined;
  const steps = [
    (made: FakeWorld) => {
      asked = made;
    },
    run,
  ];
  const http: WorldOptions['http'] = (parts) => {
    const inner = options.http?.(parts);
    return async (request, signal) => {
      if (inner === undefined) throw new Error('the sandbox is there');
      const answer = await inner(request, signal);
      if (asked?.sent.length === 1) asked.interrupt('SIGINT');
      return answer;
    };
  };
  await snapshot('interrupted', steps, { ...options, ...(http === undefined ? {} : { http }) }, [130]);
});

async function snapshot(
  name: string,
  steps: Parameters<typeof transcript>[0],
  options: WorldOptions,
  exits: readonly number[],
): Promise<void> {
  const text = await transcript(steps, options);
  expect(text).not.toMatch(/^POST \S+\/call /m);
  await expect(text).toMatchFileSnapshot(`snapshots/run-applies-${name}.md`);
  expect([...text.matchAll(/^exit (\d+)$/gm)].map(([, code]) => Number(code))).toEqual(exits);
}

/** A second object says that it is the campaign's. */
async function markedTwice(made: FakeWorld): Promise<void> {
  const listed = JSON.stringify(await inDashboard(made, 'GET', '/workflows'));
  const mark = /\[callplan:1 [^\]]+\]/.exec(listed)?.[0] ?? '';
  const copy = { name: 'Copy', workflow_type: 'ROBOCALL', message: 'Hello', description: mark };
  await inDashboard(made, 'POST', '/workflows', copy);
}

function isCreate({ method, url }: WireRequest): boolean {
  return method === 'POST' && url.endsWith('/workflows');
}

function answering(isMeant: (request: WireRequest) => boolean, status: number, message: string): WorldOptions {
  const body = JSON.stringify({ status: 'error', message });
  const answer: Exchange = { kind: 'answered', status, headers: {}, body };
  return through((http) => (request, signal) => (isMeant(request) ? Promise.resolve(answer) : http(request, signal)));
}

/** A world whose requests pass through something before they reach the sandbox. */
function through(wrap: (http: Http) => Http): WorldOptions {
  return sandboxed('clinic', {
    http: ({ clock }) => wrap(intronSandbox({ clock, random: seededRandom(7) }).http),
  });
}
