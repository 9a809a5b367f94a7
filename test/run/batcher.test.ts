import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/model/candidate.ts';
import { batcher, batchesOf } from '../../src/run/batcher.ts';
import { admitted } from './clinic.ts';

type Waiting = Pick<Candidate, 'alone' | 'call'>;

const pidgin: Waiting = { alone: false, call: { tts_voice_accent: 'pidgin' } };
const english: Waiting = { alone: false, call: { tts_voice_accent: 'english' } };

function dispatches(waiting: readonly Waiting[], size = 3, perRequest = ['tts_voice_accent']): readonly string[] {
  let ids = 0;
  const dispatchOf = batcher({ size, perRequest, newId: () => `d${String((ids += 1))}` });
  return waiting.map(dispatchOf);
}

describe('a dispatch', () => {
  test('takes recipients in their order until it is full', () => {
    expect(dispatches([pidgin, pidgin, pidgin, pidgin])).toEqual(['d1', 'd1', 'd1', 'd2']);
  });

  test('takes only those whose request is the same, and the others fill their own beside it', () => {
    expect(dispatches([pidgin, english, pidgin, english])).toEqual(['d1', 'd2', 'd1', 'd2']);
  });

  test('takes recipients whose other options differ', () => {
    const tagged = { alone: false, call: { ...pidgin.call, user_tag_identifiers: { ward: 'B' } } };
    expect(dispatches([pidgin, tagged])).toEqual(['d1', 'd1']);
  });

  test('keeps apart an option that is null and one that is absent: null is sent', () => {
    const none = { alone: false, call: {} };
    expect(dispatches([none, { alone: false, call: { tts_voice_accent: null } }, none])).toEqual(['d1', 'd2', 'd1']);
  });

  test('is not confused by an option that is named like a method', () => {
    expect(dispatches([pidgin, pidgin], 3, ['constructor'])).toEqual(['d1', 'd1']);
  });

  test('takes one alone who has to go alone, and others go on filling theirs', () => {
    expect(dispatches([pidgin, { ...pidgin, alone: true }, pidgin])).toEqual(['d1', 'd2', 'd1']);
  });

  test('takes one where the provider takes no more', () => {
    expect(dispatches([pidgin, pidgin], 1)).toEqual(['d1', 'd2']);
  });

  test('is never too large, never mixed, and never shared by one who goes alone', () => {
    const anyWaiting = fc.record({ alone: fc.boolean(), call: fc.constantFrom(pidgin.call, english.call, {}) });
    fc.assert(
      fc.property(fc.array(anyWaiting, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (waiting, size) => {
        const ids = dispatches(waiting, size);
        const members = Map.groupBy(waiting, (_one, index) => ids[index]);
        for (const group of members.values()) {
          expect(group.length).toBeLessThanOrEqual(size);
          expect(new Set(group.map(({ call }) => JSON.stringify(call))).size).toBe(1);
          if (group.some(({ alone }) => alone)) expect(group).toHaveLength(1);
        }
        const notFull = [...members.values()].filter(
          (group) => group.length < size && group.every(({ alone }) => !alone),
        );
        expect(new Set(notFull.map((group) => JSON.stringify(group[0]?.call))).size).toBe(notFull.length);
      }),
    );
  });
});

test('admitted attempts go by their dispatch, in order', () => {
  const all = [
    admitted({ recipientId: 1, dispatch: 'd2' }),
    admitted({ recipientId: 2, dispatch: 'd1' }),
    admitted({ recipientId: 3, dispatch: 'd2' }),
  ];
  expect(batchesOf(all)).toEqual([
    { dispatch: 'd2', admitted: [all[0], all[2]] },
    { dispatch: 'd1', admitted: [all[1]] },
  ]);
  expect(batchesOf([])).toEqual([]);
});
