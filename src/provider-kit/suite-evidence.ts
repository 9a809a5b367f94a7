/** What became of a call is read one way whatever the provider, and nothing private is said of it. */
import assert from 'node:assert/strict';
import type { Fields } from '../model/value.ts';
import type { Exchange } from '../ports.ts';
import type { PlaceVerdict } from '../remote/remote.ts';
import { callTo, made, place, type Check, type Line, type OpenLine } from './line.ts';

/** The checks of what a placing request proves. */
export const evidenceChecks: Readonly<Record<string, Check>> = {
  'tells by the evidence what became of a placing request': judgesEvidence,
  'sends neither key nor call after a redirect': followsNoRedirect,
  'says nothing secret of an answer': hidesSecrets,
};

/** Design 6.2, as far as it hangs on the status. */
const verdicts: readonly (readonly [number, PlaceVerdict['kind']])[] = [
  [302, 'stop'],
  [400, 'refused'],
  [401, 'stop'],
  [402, 'stop'],
  [403, 'stop'],
  [404, 'stop'],
  [405, 'stop'],
  [408, 'in_doubt'],
  [409, 'in_doubt'],
  [410, 'stop'],
  [413, 'refused'],
  [415, 'stop'],
  [418, 'in_doubt'],
  [422, 'refused'],
  [429, 'throttled'],
  [500, 'in_doubt'],
  [503, 'in_doubt'],
];

async function judgesEvidence(on: OpenLine, fields: Fields): Promise<void> {
  for (const [status, kind] of verdicts) {
    const answer: Exchange = { kind: 'answered', status, headers: {}, body: '{}' };
    assert.equal((await placedWith(on, fields, answer)).verdict.kind, kind, `status ${String(status)}`);
  }
  const cause = new Error('reset');
  assert.equal((await placedWith(on, fields, { kind: 'unsent', cause })).verdict.kind, 'unsent');
  assert.equal((await placedWith(on, fields, { kind: 'unanswered', cause })).verdict.kind, 'in_doubt');
  for (const body of ['', 'null', '[]', '{}', '{"status":"Ok","data":{}}', '<!doctype html>']) {
    const { verdict, answer } = await placedWith(on, fields, { kind: 'answered', status: 200, headers: {}, body });
    const isDoubted = verdict.kind === 'in_doubt' || answer?.every((handle) => handle === undefined);
    assert.ok(isDoubted, `200 with ${body}`);
  }
}

async function followsNoRedirect(on: OpenLine, fields: Fields): Promise<void> {
  const location = 'https://elsewhere.example/';
  const { verdict, at } = await placedWith(on, fields, {
    kind: 'answered',
    status: 307,
    headers: { location },
    body: '',
  });
  assert.deepEqual([verdict.kind, at.urls.filter((url) => url.startsWith(location))], ['stop', []]);
}

async function hidesSecrets(on: OpenLine, fields: Fields): Promise<void> {
  const [member] = on().provider.secretMembers;
  if (member === undefined) return;
  const words = 'sk-made-up-5150 is not valid';
  const error = { detail: words, message: words, error: words, [member]: { of: 'sk-made-up-5150' } };
  const body = JSON.stringify(error);
  const { verdict } = await placedWith(on, fields, { kind: 'answered', status: 400, headers: {}, body });
  assert.doesNotMatch(JSON.stringify(verdict), /made-up/);
}

/** Places one call, whose request is answered so in place of the stand-in. */
async function placedWith(
  on: OpenLine,
  fields: Fields,
  exchange: Exchange,
): Promise<Awaited<ReturnType<typeof place>> & { readonly at: Line }> {
  let isPlacing = false;
  const at = on({}, (http) => (request, signal) => (isPlacing ? Promise.resolve(exchange) : http(request, signal)));
  const live = await made(at, fields);
  isPlacing = true;
  return { ...(await place(at, live, [callTo(at, live, 0)])), at };
}
