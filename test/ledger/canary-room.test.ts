import { describe, expect, test } from 'vitest';
import { canaryRoom } from '../../src/ledger/canary-room.ts';
import type { Execution } from '../../src/model/execution.ts';
import { emptyTally, type Tally } from '../../src/model/tally.ts';
import { amaka } from './clinic.ts';

const call = { key: 'A-1', phone: amaka, n: 1, outcome: 'answered' } as const;

describe('a canary lets through', () => {
  const policy: Pick<Execution, 'canary'> = {
    canary: { calls: 3, stopWhen: [{ outcome: 'failed', percent: 50 }] },
  };
  test.each<[string, Tally['canary'], number]>([
    ['as many as it has calls', undefined, 3],
    ['fewer while some are under way', { open: [7], ended: [] }, 2],
    ['none while all of them are', { open: [7, 8], ended: [call] }, 0],
    ['none where more were found than it has', { open: [5, 6, 7, 8], ended: [] }, 0],
    ['everybody once they ended', { open: [], ended: [call, call, call] }, Number.POSITIVE_INFINITY],
  ])('%s', (_, canary, room) => {
    expect(canaryRoom(canary === undefined ? emptyTally : { ...emptyTally, canary }, policy)).toBe(room);
  });

  test('everybody where there is none', () => {
    expect(canaryRoom(emptyTally, {})).toBe(Number.POSITIVE_INFINITY);
  });
});
