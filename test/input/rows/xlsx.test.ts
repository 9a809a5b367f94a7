import { describe, expect, test } from 'vitest';
import type { ReadRows } from './read-rows.ts';
import { findings, readText, told } from './read-rows.ts';
import { number, workbookOf, zipOf } from './workbook-of.ts';
import type { WrittenBook } from './workbook-of.ts';

function readBook(book: WrittenBook, sheet?: string): Promise<ReadRows> {
  return readText({ kind: 'xlsx', ...(sheet === undefined ? {} : { sheet }) }, workbookOf(book));
}

async function cellsOf(...cells: WrittenBook['sheets'][string][number]): Promise<unknown> {
  const header = cells.map((_, index) => String.fromCodePoint(97 + index));
  return told(await readBook({ sheets: { Patients: [header, cells] } }))[0];
}

describe('a workbook', () => {
  test('has the first row with a cell as its header, and tells the rows of the sheet', async () => {
    const read = await readBook({
      sheets: { Patients: [[], [' id ', 'name'], ['A-1', 'Ada & "Obi"'], [], [null, '<Efe>']] },
      rowAttributes: { 3: 'hidden="1"' },
    });
    expect(read.columns).toEqual(['id', 'name']);
    expect(told(read)).toEqual([{ id: 'A-1', name: 'Ada & "Obi"' }, { name: '<Efe>' }]);
    expect(read.rows.map((row) => (row.kind === 'row' ? row.row.place : undefined))).toEqual([
      { source: 'patients.xlsx Patients', line: 3, unit: 'row' },
      { source: 'patients.xlsx Patients', line: 5, unit: 'row' },
    ]);
  });

  test('has several sheets of which one is read', async () => {
    const sheets = { Old: [['id'], ['A-1']], 'New & "due"': [['id'], ['B-1']] };
    expect(told(await readBook({ sheets }, 'New & "due"'))).toEqual([{ id: 'B-1' }]);
    expect(findings(await readBook({ sheets }))).toMatchObject([
      { code: 'SOURCE_SHEET', sheets: ['Old', 'New & "due"'] },
    ]);
    expect(findings(await readBook({ sheets }, 'old'))).toMatchObject([
      { code: 'SOURCE_SHEET', sheet: 'old', meant: 'Old' },
    ]);
  });

  test('has formulas with the values that were saved, texts in place, true and false', async () => {
    expect(
      await cellsOf(
        { type: 'str', xml: '<f>A1&amp;B1</f><v>Ada Obi</v>' },
        { type: 'inlineStr', xml: '<is><r><t>Ef</t></r><r><t>e</t></r><rPh><t>spoken</t></rPh></is>' },
        { type: 'b', xml: '<v>1</v>' },
        { type: 'b', xml: '<v>0</v>' },
        { type: 'inlineStr', xml: '<is><t>one_x000A_two</t></is>' },
        { xml: '<f>1+1</f><v>2</v>' },
      ),
    ).toEqual({ a: 'Ada Obi', b: 'Efe', c: 'true', d: 'false', e: 'one\ntwo', f: '2' });
  });

  test('has numbers with the digits that the sheet shows', async () => {
    expect(
      await cellsOf(
        number('2348031234567'),
        number('0.30000000000000004'),
        number('2.348031234567E12'),
        number('45000', 6),
      ),
    ).toEqual({ a: '2348031234567', b: '0.3', c: '2348031234567', d: '45000' });
  });

  test('has dates in ISO 8601, with a time where they have or show one', async () => {
    expect(
      await cellsOf(
        number('46350', 1),
        number('46350.4375', 1),
        number('46350', 2),
        number('46350', 3),
        number('46350.4375', 4),
        number('0.4375', 5),
      ),
    ).toEqual({
      a: '2026-11-24',
      b: '2026-11-24T10:30',
      c: '2026-11-24T00:00',
      d: '2026-11-24',
      e: '2026-11-24T10:30',
      f: '10:30',
    });
  });

  test('counts its days from 1904 where it says so', async () => {
    const read = await readBook({ sheets: { Patients: [['day'], [number('44888', 1)]] }, is1904: true });
    expect(told(read)).toEqual([{ day: '2026-11-24' }]);
  });

  test('rejects rows whose cells hold errors, lost digits or stand beyond the header', async () => {
    const rows = [
      ['id', 'name'],
      ['A-1', { type: 'e', xml: '<v>#N/A</v>' }],
      [number('1234567890123456789')],
      ['A-3', 'Ada', 'x'],
    ];
    expect(told(await readBook({ sheets: { Patients: rows } }))).toEqual([
      { code: 'ROW_CELL_ERROR', column: 'name' },
      { code: 'ROW_CELL_DIGITS', column: 'id' },
      { code: 'ROW_RAGGED', detail: 'a cell beyond 2 columns' },
    ]);
  });

  test.each([
    [[['id', null, 'name'], ['A-1']], { code: 'SOURCE_HEADER_EMPTY', column: 2 }],
    [[['id', ' id'], ['A-1']], { code: 'SOURCE_HEADER_DUPLICATE', name: 'id' }],
    [[['id', number('2348031234567')], ['A-1']], { code: 'SOURCE_HEADER_MISSING', column: 2 }],
    [[], { code: 'SOURCE_EMPTY' }],
  ])('with the header of %j is refused', async (rows, finding) => {
    expect(findings(await readBook({ sheets: { Patients: rows } }))).toMatchObject([finding]);
  });

  const whole = workbookOf({ sheets: { Patients: [['id'], ['A-1']] } });
  test.each([
    ['a text', Buffer.from('id\nA-1\n'), 'it is no workbook'],
    ['an older workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'it has a password, or is of the older form .xls'],
    ['a workbook cut off', whole.subarray(0, whole.length - 30), 'it is cut off, or no workbook'],
    ['another archive', zipOf({ 'a.txt': 'x' }), 'it is no workbook'],
    ['damaged XML', zipOf({ '_rels/.rels': '<Relationships <' }), 'a part of it is damaged'],
    [
      'damaged data',
      Buffer.concat([whole.subarray(0, 50), Buffer.alloc(20, 0xff), whole.subarray(70)]),
      'it is damaged',
    ],
  ])('that is %s is refused', async (_, bytes, problem) => {
    expect(findings(await readText({ kind: 'xlsx' }, bytes))).toEqual([
      { code: 'SOURCE_WORKBOOK', path: 'patients.xlsx', problem },
    ]);
  });

  test('cut off at any byte is a finding, and nothing worse', async () => {
    for (let length = 1; length < whole.length; length += 37) {
      expect(findings(await readText({ kind: 'xlsx' }, whole.subarray(0, length)))).toHaveLength(1);
    }
  });
});
