import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concerning, matchAttempt } from '../../src/ledger/match.ts';
import { mergeSightings } from '../../src/ledger/merge-sightings.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import { amaka, attempt, bola, inDoubt, minute, sighting, startMs } from './clinic.ts';

const reference = attempt().reference;
const other = 'cp1.aaaaaaaaaaaaaaaa.cccccccccccccccc.1';
const doubted = attempt({ state: inDoubt() });

function find(sightings: readonly Sighting[], context: { echo?: boolean; bound?: string } = {}) {
  return matchAttempt(doubted, sightings, { echo: context.echo ?? false, boundTo: () => context.bound });
}

describe('a call is found', () => {
  test('by our reference, whatever its number looks like', () => {
    const found = sighting({ reference, phone: 'anonymous', batchId: 'b1' });
    expect(find([sighting({ reference: other }), found])).toEqual({ kind: 'present', sighting: found, certain: true });
  });

  test.each([
    ['by its call id', { callId: 'c1' }, { callId: 'c1', phone: 'anonymous' }, true],
    ['by its batch and number', { batchId: 'b1' }, { batchId: 'b1', phone: '2348030000001' }, true],
    ['by its batch, with a call id that is new', { batchId: 'b1' }, { batchId: 'b1', callId: 'c9' }, true],
    ['by its batch, as the call has no id there', { batchId: 'b1', callId: 'c1' }, { batchId: 'b1' }, true],
    ['not by another call id of its batch', { batchId: 'b1', callId: 'c1' }, { batchId: 'b1', callId: 'c2' }, false],
    ['not by its batch and another number', { batchId: 'b1' }, { batchId: 'b1', phone: bola }, false],
    ['not by its batch and a masked number', { batchId: 'b1' }, { batchId: 'b1', phone: '+234***01' }, false],
    ['not by another batch', { batchId: 'b1' }, { batchId: 'b2' }, false],
    ['not by nothing', {}, {}, false],
  ])('%s once it was accepted', (_name, handle, shown, isCertain) => {
    const accepted = attempt({ state: { kind: 'accepted', handle, sinceMs: startMs } });
    const match = matchAttempt(accepted, [sighting(shown)], { echo: true, boundTo: () => undefined });
    expect(match.kind === 'present' && match.certain).toBe(isCertain);
  });

  test('by its number and time where references are not known to come back', () => {
    const found = sighting({ callId: 'c1', createdMs: startMs });
    expect(find([found, sighting({ phone: bola })])).toEqual({ kind: 'present', sighting: found, certain: false });
  });

  test('never by a reference of another attempt', () => {
    expect(find([sighting({ reference: other })])).toEqual({ kind: 'absent' });
  });
});

describe('what could be the call', () => {
  test('is ambiguous where two calls to the number could be it', () => {
    expect(find([sighting({ callId: 'c1' }), sighting({ callId: 'c2' })])).toEqual({ kind: 'ambiguous' });
  });

  test('is foreign where references come back and this one has none', () => {
    expect(find([sighting({ callId: 'c1' })], { echo: true })).toEqual({ kind: 'foreign' });
  });

  test('is not what another attempt is bound to', () => {
    expect(find([sighting({ callId: 'c1' })], { bound: other })).toEqual({ kind: 'absent' });
  });

  test('is what this very attempt was bound to before', () => {
    expect(find([sighting({ callId: 'c1' })], { bound: reference }).kind).toBe('present');
  });

  test('is not older than the intent, but for five minutes in which clocks may differ', () => {
    const { intentMs } = doubted;
    expect(find([sighting({ createdMs: intentMs - 5 * minute - 1 })])).toEqual({ kind: 'absent' });
    expect(find([sighting({ createdMs: intentMs - 5 * minute })]).kind).toBe('present');
  });

  test('may be a call whose number cannot be read', () => {
    expect(find([sighting({ phone: '+234******01' })], { echo: true })).toEqual({ kind: 'foreign' });
  });
});

describe('signs of one call become one', () => {
  test('a batch listing gives the reference, a call listing the status', () => {
    const signs = [
      sighting({ batchId: 'b1', reference }),
      sighting({ batchId: 'b1', phone: '2348030000001', callId: 'c1', status: 'COMPLETED', outcome: 'answered' }),
    ];
    expect(mergeSightings(signs)).toEqual([
      { batchId: 'b1', reference, phone: '2348030000001', callId: 'c1', status: 'COMPLETED', outcome: 'answered' },
    ]);
  });

  test('a call that is on two pages is one call', () => {
    const call = sighting({ callId: 'c1', status: 'QUEUED' });
    expect(mergeSightings([call, { ...call, status: 'COMPLETED' }])).toEqual([{ ...call, status: 'COMPLETED' }]);
  });

  test('a sign without a batch joins the call that it has the id of', () => {
    const signs = [sighting({ batchId: 'b1', callId: 'c1' }), sighting({ callId: 'c1', outcome: 'busy' })];
    expect(mergeSightings(signs)).toEqual([{ batchId: 'b1', callId: 'c1', phone: amaka, outcome: 'busy' }]);
  });

  test('two calls of a provider that dialled twice stay two', () => {
    const signs = [
      sighting({ batchId: 'b1', reference }),
      sighting({ batchId: 'b1', callId: 'c1' }),
      sighting({ batchId: 'b1', callId: 'c2' }),
    ];
    expect(mergeSightings(signs)).toEqual([
      { batchId: 'b1', reference, callId: 'c1', phone: amaka },
      { batchId: 'b1', callId: 'c2', phone: amaka },
    ]);
  });

  test('two recipients of a batch who share a number keep their references', () => {
    const signs = [sighting({ batchId: 'b1', reference }), sighting({ batchId: 'b1', reference: other })];
    expect(mergeSightings(signs)).toEqual(signs);
  });

  test('two numbers of a batch are two calls', () => {
    const signs = [sighting({ batchId: 'b1' }), sighting({ batchId: 'b1', phone: bola })];
    expect(mergeSightings(signs)).toEqual(signs);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a length of %d is none', (seconds) => {
    const signs = [sighting({ callId: 'c1', seconds: 42 }), sighting({ callId: 'c1', outcome: 'answered', seconds })];
    expect(mergeSightings(signs)).toEqual([{ callId: 'c1', phone: amaka, outcome: 'answered', seconds: 42 }]);
    expect(mergeSightings(signs.slice(1))).toEqual([{ callId: 'c1', phone: amaka, outcome: 'answered' }]);
  });

  test('signs without any id stay as they are', () => {
    const signs = [sighting(), sighting()];
    expect(mergeSightings(signs)).toEqual(signs);
  });

  const anySighting: fc.Arbitrary<Sighting> = fc.record(
    {
      phone: fc.constantFrom(amaka, bola, '2348030000001', '+234***01'),
      batchId: fc.constantFrom('b1', 'b2'),
      callId: fc.constantFrom('c1', 'c2', 'c3'),
      reference: fc.constantFrom(reference, other),
      status: fc.constantFrom('QUEUED', 'COMPLETED'),
    },
    { requiredKeys: ['phone'] },
  );

  test('no reference and no call is ever lost by it', () => {
    fc.assert(
      fc.property(fc.array(anySighting, { maxLength: 8 }), (signs) => {
        const merged = mergeSightings(signs);
        for (const key of ['reference', 'callId', 'batchId'] as const) {
          const all = (list: readonly Sighting[]) =>
            [...new Set(list.map((one) => one[key]))].filter((id) => id !== undefined);
          expect(all(merged).toSorted()).toEqual(all(signs).toSorted());
        }
        expect(merged.length).toBeLessThanOrEqual(signs.length);
      }),
    );
  });

  test('merging what is merged changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anySighting, { maxLength: 8 }), (signs) => {
        const merged = mergeSightings(signs);
        expect(mergeSightings(merged).length).toBeLessThanOrEqual(merged.length);
        const references = new Set(signs.flatMap((sign) => sign.reference ?? []));
        for (const one of references) {
          const match = matchAttempt(attempt({ reference: one, state: inDoubt() }), merged, {
            echo: true,
            boundTo: () => undefined,
          });
          expect(match).toMatchObject({ kind: 'present', certain: true });
        }
      }),
    );
  });

  const anyListing = fc.array(
    fc.record(
      {
        phone: fc.oneof(
          fc.constantFrom(
            amaka,
            bola,
            '08030000001',
            '2348030000002',
            '+234***01',
            '',
            '0000001',
            '00 234 803 000 0001',
          ),
          fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '8', '+', ' ', '*'), maxLength: 15 }),
        ),
        reference: fc.constantFrom(reference, other, 'cp1.x'),
        callId: fc.constantFrom('c1', 'c2'),
      },
      { requiredKeys: ['phone'] },
    ),
    { maxLength: 8 },
  );

  test('what is left out as concerning nobody changes no match', () => {
    fc.assert(
      fc.property(anyListing, fc.boolean(), (listing, echo) => {
        const context = { echo, boundTo: () => undefined };
        const near = concerning([doubted], listing);
        expect(matchAttempt(doubted, near, context)).toEqual(matchAttempt(doubted, listing, context));
      }),
      { numRuns: 1000 },
    );
  });
});
