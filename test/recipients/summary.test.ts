import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadRow, Recipient, RowReasonCode } from '../../src/model/recipient.ts';
import { parsePhone } from '../../src/recipients/phone.ts';
import { rowCounter } from '../../src/recipients/row-counter.ts';
import { tooManyInvalid } from '../../src/recipients/summary.ts';
import { suppressionColumn } from '../../src/recipients/suppression-column.ts';
import { isZone } from '../../src/recipients/zone.ts';

const place = { source: 'recipients.csv', line: 2 };
const at = { file: 'campaign.yaml', line: 20, col: 3 };

function called(key: string, suppressed = false): ReadRow {
  const parsed = parsePhone('+2348030000101', undefined);
  if (parsed.kind === 'rejected') throw new Error(parsed.code);
  const recipient: Recipient = {
    key,
    phone: parsed.phone,
    row: {},
    variables: { name: 'Ada' },
    call: {},
    source: place,
    suppressed,
  };
  return { kind: 'recipient', recipient };
}

function rejected(code: RowReasonCode, line = 2): ReadRow {
  return { kind: 'rejected', rejected: { place: { ...place, line }, reason: { code }, row: {} } };
}

function summaryOf(rows: readonly ReadRow[]): ReturnType<ReturnType<typeof rowCounter>['summary']> {
  const counts = rowCounter();
  for (const row of rows) counts.add(row);
  return counts.summary();
}

describe('the summary', () => {
  test('counts rows by what became of them', () => {
    const rows = [
      called('a'),
      called('b', true),
      { kind: 'repeated', place } as const,
      rejected('ROW_RAGGED'),
      rejected('ROW_RAGGED'),
    ];
    const summary = summaryOf([...rows, rejected('ROW_ID_MISSING')]);
    expect(summary).toMatchObject({ rows: 6, valid: 2, repeated: 1, suppressed: 1, diagnostics: [] });
    expect([...summary.rejected]).toEqual([
      ['ROW_RAGGED', 2],
      ['ROW_ID_MISSING', 1],
    ]);
  });

  test('keeps the first twenty of the rejected rows', () => {
    const { firstRejected } = summaryOf(Array.from({ length: 30 }, (_, index) => rejected('ROW_RAGGED', index)));
    expect(firstRejected.map((row) => row.place.line)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('has one digest for equal recipients, wherever their rows stand', () => {
    const one = summaryOf([called('a'), called('b')]).digest;
    expect(summaryOf([called('a'), rejected('ROW_RAGGED'), called('b')]).digest).toBe(one);
    expect(summaryOf([called('b'), called('a')]).digest).not.toBe(one);
    expect(summaryOf([called('a')]).digest).not.toBe(one);
  });
});

describe('max_invalid', () => {
  const summary = summaryOf([
    ...Array.from({ length: 98 }, (_, index) => called(String(index))),
    rejected('ROW_RAGGED'),
    rejected('ROW_QUOTES'),
  ]);

  test.each([
    [{ kind: 'rows', rows: 0 }, '0', '2'],
    [{ kind: 'rows', rows: 1 }, '1', '2'],
    [{ kind: 'percent', percent: 1.9 }, '1.9%', '2%'],
  ] as const)('%j stops at 2 of 100', (share, allowed, enough) => {
    expect(tooManyInvalid(summary, share, at)).toEqual({
      code: 'RECIPIENTS_INVALID',
      args: { invalid: 2, rows: 100, allowed, enough },
      at,
    });
  });

  test.each([
    { kind: 'rows', rows: 2 },
    { kind: 'percent', percent: 2 },
  ] as const)('%j lets 2 of 100 pass', (share) => {
    expect(tooManyInvalid(summary, share, at)).toBeUndefined();
  });

  test('would let pass what it names, and nothing less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (bad, good) => {
        const list = summaryOf([
          ...Array.from({ length: good }, (_, index) => called(String(index))),
          ...Array.from({ length: bad }, () => rejected('ROW_RAGGED')),
        ]);
        const found = tooManyInvalid(list, { kind: 'percent', percent: 0 }, at);
        const percent = found?.code === 'RECIPIENTS_INVALID' ? Number.parseInt(found.args.enough, 10) : Number.NaN;
        expect(tooManyInvalid(list, { kind: 'percent', percent }, at)).toBeUndefined();
        expect(tooManyInvalid(list, { kind: 'percent', percent: percent - 1 }, at)).toBeDefined();
      }),
    );
  });

  test('lets a list without rows pass', () => {
    expect(tooManyInvalid(summaryOf([]), { kind: 'percent', percent: 0 }, at)).toBeUndefined();
  });
});

test.each([
  [['phone'], 'phone'],
  [['whatever'], 'whatever'],
  [['name', 'Mobile'], 'Mobile'],
  [['number', 'since'], 'number'],
  [['id', 'Phone Number'], 'Phone Number'],
  [['id', 'tel.'], 'tel.'],
  [['since', 'MSISDN'], 'MSISDN'],
  [['phone', 'mobile'], undefined],
  [['number', 'telephone'], undefined],
  [['phonetic_name', 'since'], undefined],
  [['name', 'since'], undefined],
  [[], undefined],
])('a suppression list with the columns %j holds its numbers in %s', (columns, column) => {
  expect(suppressionColumn(columns)).toBe(column);
});

test.each([
  ['Africa/Lagos', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC', true],
  ['Etc/GMT+1', true],
  ['EST', false],
  ['+01:00', false],
  ['Africa/Garki', false],
  ['Lagos', false],
  ['', false],
])('%j is a zone: %s', (text, expected) => {
  expect(isZone(text)).toBe(expected);
});
