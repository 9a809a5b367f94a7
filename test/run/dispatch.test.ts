import { describe, expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import type { HttpRequest } from '../../src/model/plan.ts';
import type { Template } from '../../src/model/template.ts';
import type { PlaceOptions, PlaceVerdict } from '../../src/remote/remote.ts';
import type { Batch } from '../../src/run/batcher.ts';
import { dispatch, eventsOf } from '../../src/run/dispatch.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { amaka, bola, second, startMs } from '../ledger/clinic.ts';
import { answered, lineOf, placed, unsent } from '../remote/clinic.ts';
import { admitted, runOf, type Parts } from './clinic.ts';

const one = { dispatch: 'd1', admitted: [admitted()] };
const two = {
  dispatch: 'd1',
  admitted: [
    admitted(),
    admitted(
      { recipientId: 2, key: 'A-101', phone: bola, reference: 'cp1.aaaaaaaaaaaaaaaa.cccccccccccccccc.1' },
      { row: {}, variables: { patient_name: 'Bola' } },
    ),
  ],
};

describe('what a verdict makes of each member of a dispatch', () => {
  const doubted = (why: string): AttemptEvent => ({ kind: 'doubted', why, needs: 2 });

  test.each([
    ['never sent', { kind: 'unsent', reason: 'connection failed' }, { kind: 'voided', reason: 'connection failed' }],
    ['429', { kind: 'throttled', by: 'requests' }, { kind: 'voided', reason: 'HTTP 429' }],
    [
      '429 of a provider that is full',
      { kind: 'throttled', by: 'calls' },
      { kind: 'voided', reason: 'HTTP 429: too many calls at once' },
    ],
    ['401', { kind: 'stop', exit: 8, reason: 'HTTP 401', sent: 'no' }, { kind: 'voided', reason: 'HTTP 401' }],
    ['302', { kind: 'stop', exit: 4, reason: 'HTTP 302', sent: 'perhaps' }, doubted('HTTP 302')],
    ['503', { kind: 'in_doubt', reason: 'HTTP 503' }, doubted('HTTP 503')],
    ['400', { kind: 'refused', reason: 'HTTP 400' }, { kind: 'refused', reason: 'HTTP 400' }],
  ] as readonly (readonly [string, PlaceVerdict, AttemptEvent])[])('%s, of one', (_name, verdict, event) => {
    expect(eventsOf(1, verdict, undefined)).toEqual([event]);
  });

  test('a batch that was refused is looked up once, before its members are sent one by one', () => {
    const why = 'the batch was refused: HTTP 400';
    expect(eventsOf(2, { kind: 'refused', reason: 'HTTP 400' }, undefined)).toEqual([
      { kind: 'doubted', why, needs: 1 },
      { kind: 'doubted', why, needs: 1 },
    ]);
  });

  test('an answer with an id accepts each, and one without doubts each that has none', () => {
    const verdict: PlaceVerdict = { kind: 'answered' };
    const handle = { batchId: 'b1' };
    expect(eventsOf(2, verdict, [handle, handle])).toEqual([
      { kind: 'accepted', handle },
      { kind: 'accepted', handle },
    ]);
    for (const handles of [[handle, undefined], [handle]]) {
      expect(eventsOf(2, verdict, handles)).toEqual([
        { kind: 'accepted', handle },
        doubted('the answer has no usable id'),
      ]);
    }
    expect(eventsOf(2, verdict, undefined)).toEqual([
      doubted('the answer has no usable id'),
      doubted('the answer has no usable id'),
    ]);
  });
});

describe('a dispatch', () => {
  test('sends one request with what each recipient needs, and no more', async () => {
    const { remote, sent } = lineOf([placed]);
    const { verdict, events } = await dispatch(runOf({ remote }).context, two);
    expect(verdict).toEqual({ kind: 'answered' });
    expect(events).toEqual([
      { kind: 'accepted', handle: { batchId: 'b1' } },
      { kind: 'accepted', handle: { batchId: 'b1' } },
    ]);
    expect(sent).toHaveLength(1);
    const entries = (JSON.parse(sent[0]?.body ?? '') as { workflow_params: unknown }).workflow_params;
    expect(entries).toMatchObject([
      { phone_number: amaka, workflow_variables: { clinic: 'Garki Hospital', patient_name: 'Amaka Okonkwo' } },
      { phone_number: bola, workflow_variables: { clinic: 'Garki Hospital', patient_name: 'Bola' } },
    ]);
    expect(sent[0]?.body).not.toContain('A-100');
  });

  test('takes a value of the row, and of its own over the campaign\u2019s', async () => {
    const { remote, sent } = lineOf([placed]);
    const { context } = runOf({ remote });
    const member = admitted({}, { row: { clinic: 'Wuse Hospital' }, variables: {} });
    await dispatch(context, { dispatch: 'd1', admitted: [member] });
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      workflow_params: [{ workflow_variables: { clinic: 'Wuse Hospital', patient_name: 'nobody' } }],
    });
  });

  test.each([
    ['ward', {}, 'is not there'],
    ['ward', { ward: ' ' }, 'is empty'],
    ['toString', {}, 'is in a prototype only'],
  ])('is refused unsent where %s is asked for by now and the row is %j: it %s', async (name, row, _is) => {
    const { remote, sent } = lineOf([placed]);
    const asked = { ...runOf({ remote }).context, sent: ['clinic', name] };
    const { events } = await dispatch(asked, { dispatch: 'd1', admitted: [admitted({}, { row })] });
    const reason = `its text cannot be rendered any more: ROW_VALUE_MISSING (${name})`;
    expect(events).toEqual([{ kind: 'refused', reason }]);
    expect(sent).toEqual([]);
  });

  test('that is refused says so without naming anybody', async () => {
    const rendered = { user_tag_identifiers: { visit: 'ward 7 on Monday' }, tts_voice_accent: 'pidgin' };
    const batch = { dispatch: 'd1', admitted: [admitted({}, { call: rendered })] };
    const words = 'pidgin is bad for AMAKA OKONKWO (A-100, ward 7 on Monday, 0803 000 0001)';
    const { remote } = lineOf([answered(400, { message: words })]);
    const { events } = await dispatch(runOf({ remote }).context, batch);
    expect(events).toEqual([{ kind: 'refused', reason: 'HTTP 400: pidgin is bad for *** (***, ***, ***)' }]);
  });

  test('that cannot connect voids its members', async () => {
    const { remote } = lineOf([unsent]);
    const { events } = await dispatch(runOf({ remote }).context, two);
    expect(events.map(({ kind }) => kind)).toEqual(['voided', 'voided']);
  });
});

describe('a dispatch whose resource is rendered for each call', () => {
  // The file may ask for more since a recipient was called first: what was known of them then is what there is.
  const template: Template = {
    source: 'Your discount is {{discount}}.',
    at: { file: 'campaign.yaml', line: 8, col: 11 },
    uses: ['discount'],
    needs: ['discount'],
    render: ({ values: { discount } }) =>
      discount === undefined
        ? { kind: 'failed', reason: { code: 'ROW_VALUE_MISSING', column: 'discount' } }
        : { kind: 'rendered', value: `Your discount is ${String(discount)}.` },
  };
  const rendered = { kind: 'map', entries: { prompt: { kind: 'template', template } } } as const;
  const reason = 'its text cannot be rendered any more: ROW_VALUE_MISSING (discount)';

  test('refuses who lacks a value that its text asks for by now, and sends nothing', async () => {
    const { remote, sent } = lineOf([placed]);
    const { events } = await dispatch({ ...runOf({ remote }).context, rendered }, one);
    expect(events).toEqual([{ kind: 'refused', reason }]);
    expect(sent).toEqual([]);
  });

  test('sends the others of its batch', async () => {
    const { remote, sent } = lineOf([placed]);
    const [first = admitted(), other = admitted()] = two.admitted;
    const batch = { ...two, admitted: [first, { ...other, variables: { ...other.variables, discount: '5 %' } }] };
    const { events } = await dispatch({ ...runOf({ remote }).context, rendered }, batch);
    expect(events).toEqual([
      { kind: 'refused', reason },
      { kind: 'accepted', handle: { batchId: 'b1' } },
    ]);
    expect(sent[0]?.body).not.toContain(amaka);
  });

  test('that is refused repeats nothing of what it rendered', async () => {
    const { remote } = lineOf([answered(400, { message: 'prompt: your discount is 5 %. That is not allowed' })]);
    const batch = { ...one, admitted: [admitted({}, { variables: { discount: '5 %' } })] };
    const { events } = await dispatch({ ...runOf({ remote }).context, rendered }, batch);
    expect(events).toEqual([{ kind: 'refused', reason: 'HTTP 400: prompt: *** That is not allowed' }]);
  });
});

test('a secret of the live object that goes with a call is in no reason', async () => {
  const { remote } = lineOf([answered(422, { message: 'webhooks.0.headers: tok-made-up is too short' })]);
  const { context } = runOf({ remote });
  const fields = { ...context.live.fields, webhooks: [{ headers: { 'x-survey-token': 'tok-made-up' } }] };
  const { events } = await dispatch({ ...context, live: { ...context.live, fields } }, one);
  expect(events).toEqual([{ kind: 'refused', reason: 'HTTP 422: webhooks.0.headers: *** is too short' }]);
});

describe('whether a dispatch may still go out', () => {
  /** Asks at the last moment, after what happened meanwhile. */
  async function maySend(
    parts: Omit<Parts, 'remote'>,
    meanwhile: (clock: VirtualClock) => Promise<void>,
    batch: Batch = one,
  ): Promise<boolean> {
    const clock = parts.clock ?? virtualClock(startMs);
    let may = false;
    const place = async (_request: HttpRequest, _answer: unknown, options: PlaceOptions) => {
      await meanwhile(clock);
      may = options.maySend();
      return { verdict: { kind: 'unsent', reason: 'held back too long' } as const };
    };
    await dispatch(runOf({ ...parts, clock, remote: { place } }).context, batch);
    return may;
  }

  test('within ten seconds of the intent', async () => {
    expect(await maySend({}, (clock) => clock.sleep(10 * second))).toBe(true);
    expect(await maySend({}, (clock) => clock.sleep(10 * second + 1))).toBe(false);
  });

  test('ten seconds count from the intent, not from when its turn came', async () => {
    const clock = virtualClock(startMs + 11 * second);
    expect(await maySend({ clock }, () => Promise.resolve())).toBe(false);
  });

  test('the oldest intent of a batch is what counts', async () => {
    const clock = virtualClock(startMs + 11 * second);
    const young = admitted({ intentMs: startMs + 11 * second });
    const batch = { dispatch: 'd1', admitted: [young, admitted()] };
    expect(await maySend({ clock }, () => Promise.resolve(), batch)).toBe(false);
    expect(await maySend({ clock }, () => Promise.resolve(), { dispatch: 'd1', admitted: [young] })).toBe(true);
  });

  test('ten seconds pass while the machine sleeps and the monotonic clock stands still', async () => {
    const clock = virtualClock(startMs);
    let sleptMs = 0;
    const slept = { ...clock, now: () => clock.now() + sleptMs };
    expect(await maySend({ clock: slept }, () => Promise.resolve(void (sleptMs = 3_600_000)))).toBe(false);
  });

  test('a wall clock that was set back does not make an intent young again', async () => {
    const clock = virtualClock(startMs);
    const back = { ...clock, now: () => clock.now() - 3_600_000 };
    expect(await maySend({ clock: back }, () => clock.sleep(11 * second))).toBe(false);
  });

  test('not once the lease is over', async () => {
    expect(await maySend({ isLeaseValid: () => false }, () => Promise.resolve())).toBe(false);
  });
});
