import { describe, expect, test } from 'vitest';
import { said } from './reminder.ts';

const lagos = { zone: 'Africa/Lagos' };
const berlin = { zone: 'Europe/Berlin' };

describe('formatDate', () => {
  test.each([
    ["{{formatDate at 'd MMMM'}}", '2026-11-24', '24 November'],
    ["{{formatDate at 'EEEE, d MMM yyyy'}}", '2028-02-29', 'Tuesday, 29 Feb 2028'],
    ["{{formatDate at 'HH:mm'}}", '2026-11-24T09:05', '09:05'],
    ["{{formatDate at 'h:mm a'}}", '2026-11-24T21:05:59.123', '9:05 PM'],
    [`{{formatDate at "d MMMM 'at' HH:mm"}}`, ' 2026-11-24T10:30 ', '24 November at 10:30'],
    ["{{formatDate at 'HH:mm'}}", '2026-11-24T09:05Z', '10:05'],
    ["{{formatDate at 'd HH:mm ZZ'}}", '2026-11-24T23:30-02:00', '25 02:30 +01:00'],
    ["{{formatDate at 'd HH:mm'}}", '2026-11-24T23:30+0530', '24 19:00'],
    ["{{formatDate at 'd MMMM' in='dd/MM/yyyy'}}", '03/04/2026', '3 April'],
    ["{{formatDate at 'd MMMM HH:mm' in='dd/MM/yyyy HH:mm'}}", '24/11/2026 10:30', '24 November 10:30'],
    ["{{formatDate at 'HH:mm' in='d MMM yyyy h:mm a'}}", '4 Nov 2026 3:05 PM', '15:05'],
    ["{{formatDate at 'd HH:mm' in='yyyy-MM-dd HH:mm ZZ'}}", '2026-11-24 23:30 +00:00', '25 00:30'],
  ])('%s prints %s as %s in Lagos', (source, value, expected) => {
    expect(said(source, { at: value }, lagos)).toBe(expected);
  });

  test.each([
    '24/11/2026',
    '2026-11-24 10:30',
    '2026-02-29',
    '2026-13-01',
    '2026-11-24T24:00',
    '2026-11-24T10:60',
    '2026-11-24T10:30+25:00',
    '20261124',
    '2026-W48-2',
    '10:30',
    'tomorrow',
    '1795000000000',
  ])('takes %s for no ISO 8601 date', (value) => {
    const reason = ['ROW_VALUE_DATE', 'at', 'ISO 8601 was expected, such as 2026-11-24T10:30'];
    expect(said("{{formatDate at 'd'}}", { at: value }, lagos)).toEqual(reason);
  });

  test('reads nothing but the pattern that is said', () => {
    const source = "{{formatDate at 'd' in='dd/MM/yyyy'}}";
    const reason = ['ROW_VALUE_DATE', 'at', 'dd/MM/yyyy was expected'];
    for (const value of ['2026-11-24', '31/02/2026', '24/11/26', '24/11/2026 10:30', '4/11/2026']) {
      expect(said(source, { at: value }, lagos), value).toEqual(reason);
    }
  });

  test('invents no time of day', () => {
    expect(said("{{formatDate at 'd MMMM HH:mm'}}", { at: '2026-11-24' }, lagos)).toEqual([
      'ROW_VALUE_DATE',
      'at',
      'it is a date without a time of day',
    ]);
  });

  test('rejects a local time that the clocks leave out', () => {
    const gap = ['ROW_VALUE_DATE', 'at', 'the clocks of Europe/Berlin leave this time out'];
    expect(said("{{formatDate at 'HH:mm'}}", { at: '2027-03-28T02:30' }, berlin)).toEqual(gap);
    expect(said("{{formatDate at 'HH:mm' in='dd.MM.yyyy HH:mm'}}", { at: '28.03.2027 02:30' }, berlin)).toEqual(gap);
    expect(said("{{formatDate at 'HH:mm'}}", { at: '2027-10-31T02:30' }, berlin)).toBe('02:30');
    expect(said("{{formatDate at 'd MMMM'}}", { at: '2027-03-28' }, berlin)).toBe('28 March');
  });

  test('tells no instant where the zone is not known', () => {
    const source = "{{formatDate at 'HH:mm'}}";
    expect(said(source, { at: '2026-11-24T10:30' })).toBe('10:30');
    expect(said(source, { at: '2026-11-24T10:30Z' })).toEqual(['ROW_VALUE_DATE', 'at', expect.any(String)]);
    expect(said(source, { at: '2026-11-24T10:30Z' }, { zone: 'Mars/Base' })).toHaveLength(3);
    expect(said(source, { at: '2026-11-24T10:30' }, { zone: 'Mars/Base' })).toHaveLength(3);
  });

  test("speaks the campaign's language", () => {
    const french = { ...lagos, locale: 'fr' };
    expect(said("{{formatDate at 'EEEE d MMMM'}}", { at: '2026-11-24' }, french)).toBe('mardi 24 novembre');
    expect(said("{{formatDate at 'd' in='d MMMM yyyy'}}", { at: '24 novembre 2026' }, french)).toBe('24');
  });

  test('gives equal answers when asked again and when it has forgotten', () => {
    const values = Array.from(
      { length: 5000 },
      (_, day) =>
        `2026-11-${String((day % 30) + 1).padStart(2, '0')}T10:${String(day % 60).padStart(2, '0')}:${String(Math.floor(day / 60) % 60).padStart(2, '0')}`,
    );
    for (const value of [...values, ...values.slice(0, 10)]) {
      expect(said("{{formatDate at 'yyyy-MM-dd'}}", { at: value }, lagos)).toBe(value.slice(0, 10));
    }
  });
});
