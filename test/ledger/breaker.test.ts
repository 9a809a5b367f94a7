import { describe, expect, test } from 'vitest';
import { advance } from '../../src/ledger/advance.ts';
import { alikeLimit, countAlike, type Alike } from '../../src/ledger/breaker.ts';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import { attempt, events, moment, policy, states } from './clinic.ts';

type Happened = { readonly event: AttemptEvent; readonly n?: number };

const refused = (reason: string): Happened => ({ event: { kind: 'refused', reason } });

function count(happened: readonly Happened[], before?: Alike): Alike | undefined {
  return happened.reduce<Alike | undefined>((alike, { event, n = 1 }) => {
    const state = event.kind === 'ended' ? states.accepted : states.intent;
    return countAlike(alike, advance(attempt({ state, n }), event, policy, moment()));
  }, before);
}

describe('refusals alike', () => {
  test('ten in a row are the limit', () => {
    expect(alikeLimit).toBe(10);
    const row = Array.from({ length: 10 }, () => refused('HTTP 400: bad voice'));
    expect(count(row)).toEqual({ reason: 'HTTP 400: bad voice', count: 10 });
  });

  test('count for one cause whatever ids come with them, and keep the last words', () => {
    const row = Array.from({ length: 10 }, (_, index) => refused(`HTTP 400: bad voice (request 7f${String(index)}c)`));
    expect(count(row)).toEqual({ reason: 'HTTP 400: bad voice (request 7f9c)', count: 10 });
  });

  test('begin anew with another reason', () => {
    expect(count([refused('HTTP 400'), refused('HTTP 400'), refused('HTTP 422')])).toEqual({
      reason: 'HTTP 422',
      count: 1,
    });
  });

  test('end with a first attempt that ended', () => {
    expect(count([refused('HTTP 400'), { event: events.ended }])).toBeUndefined();
  });

  test('are not broken by what neither ended nor was refused', () => {
    const between = [events.accepted, events.voided, events.doubted, events.gave_up].map((event) => ({ event }));
    expect(count([refused('HTTP 400'), ...between, refused('HTTP 400')])).toEqual({ reason: 'HTTP 400', count: 2 });
  });

  test('leave retries out: they neither count nor break the row', () => {
    const retries = [
      { ...refused('HTTP 400'), n: 2 },
      { event: events.ended, n: 2 },
    ];
    expect(count([refused('HTTP 400'), ...retries])).toEqual({ reason: 'HTTP 400', count: 1 });
  });

  test('go on from what the wave remembers', () => {
    expect(count([refused('HTTP 400')], { reason: 'HTTP 400', count: 9 })).toEqual({ reason: 'HTTP 400', count: 10 });
  });

  test('do not count a refusal that came too late to refuse anything', () => {
    const late = advance(attempt({ state: states.accepted }), events.refused, policy, moment());
    expect(countAlike(undefined, late)).toBeUndefined();
  });
});
