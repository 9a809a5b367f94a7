import { expect, test } from 'vitest';
import { mustListAgain, type Signs, type SurveyOptions } from '../../src/ledger/must-list-again.ts';

const known: SurveyOptions = { newToAddress: false, nobodyCalled: false };
const inOrder: Signs = { lacking: 0, isTakingOver: false };

test.each<[string, Partial<SurveyOptions>, Partial<Signs>, boolean]>([
  ['not where the ledger has all calls', {}, {}, false],
  ['where the ledger lacks one, as in a copy', {}, { lacking: 1 }, true],
  ['where the store is new to the address', { newToAddress: true }, {}, true],
  ['not where a person says that nobody was called', { newToAddress: true, nobodyCalled: true }, { lacking: 1 }, false],
  [
    'whatever a person says where the run of another store may go on',
    { newToAddress: true, nobodyCalled: true },
    { isTakingOver: true },
    true,
  ],
])('calls are listed again: %s', (_, options, signs, expected) => {
  expect(mustListAgain({ ...known, ...options }, { ...inOrder, ...signs })).toBe(expected);
});
