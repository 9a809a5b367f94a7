import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvItems } from '../../../src/input/rows/csv.ts';
import type { CsvOptions, CsvSource } from '../../../src/input/rows/csv.ts';
import type { SourceRow } from '../../../src/model/recipient.ts';
import { FileProblem } from '../../../src/ports.ts';
import { inMemory } from '../in-memory.ts';

const at = { file: 'campaign.yaml', line: 22, col: 12 };
const patients: CsvSource = { kind: 'csv', path: '/clinic/patients.csv', file: 'patients.csv', at };

type Reading = { source?: Partial<CsvSource>; options?: CsvOptions; chunkBytes?: number };

/** What reading a file gives: columns, rows with their lines, and how it ended. */
async function read(content: string | Uint8Array, { source, options, chunkBytes }: Reading = {}) {
  const files = inMemory({ '/clinic/patients.csv': content }, chunkBytes);
  const found: { columns?: readonly string[]; rows: unknown[]; batches: number[]; findings: unknown[] } = {
    rows: [],
    batches: [],
    findings: [],
  };
  for await (const item of csvItems({ ...patients, ...source }, files, options)) {
    if (item.kind === 'columns') found.columns = item.columns;
    if (item.kind === 'broken') found.findings.push(...item.diagnostics);
    if (item.kind !== 'rows') continue;
    found.batches.push(item.rows.length);
    found.rows.push(...item.rows.map(told));
  }
  return found;
}

function told(row: SourceRow): readonly (string | number)[] {
  if (row.kind === 'row') return [row.row.place.line, ...Object.values(row.row.cells)];
  return [row.rejected.place.line, row.rejected.reason.code];
}

/** The rows of a file that must have no finding. */
async function rows(content: string | Uint8Array, reading: Reading = {}): Promise<unknown[]> {
  const { rows: found, findings } = await read(content, reading);
  expect(findings).toEqual([]);
  return found;
}

/** The findings about a file, without their place and name. */
async function finding(content: string | Uint8Array, reading: Reading = {}): Promise<unknown> {
  const { findings } = await read(content, reading);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ args: { path: 'patients.csv' }, at });
  return findings[0];
}

describe('a CSV file', () => {
  test.each([
    ['LF', 'name,mobile\nAda,0801\nObi,0802\n'],
    ['CRLF', 'name,mobile\r\nAda,0801\r\nObi,0802\r\n'],
    ['both', 'name,mobile\r\nAda,0801\nObi,0802\r\n'],
    ['no last line end', 'name,mobile\nAda,0801\nObi,0802'],
    ['a byte order mark', '\uFEFFname,mobile\nAda,0801\nObi,0802'],
    ['semicolons', 'name;mobile\nAda;0801\nObi;0802'],
    ['tabs', 'name\tmobile\nAda\t0801\nObi\t0802'],
    ['bars', 'name|mobile\nAda|0801\nObi|0802'],
    ['quotes', '"name","mobile"\n"Ada","0801"\n"Obi",0802\n'],
    ['white space around names', ' name , mobile\u00A0\nAda,0801\nObi,0802\n'],
  ])('with %s is read', async (_, content) => {
    for (const chunkBytes of [1, 7, 1000]) {
      const found = await read(content, { chunkBytes });
      expect(found).toMatchObject({ columns: ['name', 'mobile'], findings: [] });
      expect(found.rows).toEqual([
        [2, 'Ada', '0801'],
        [3, 'Obi', '0802'],
      ]);
    }
  });

  test('keeps cells as they are', async () => {
    expect(await rows('name,note\n Ada ,"a ""b"" , c"\nObi,\n')).toEqual([
      [2, ' Ada ', 'a "b" , c'],
      [3, 'Obi', ''],
    ]);
  });

  test('passes over lines without a cell, and says the lines of the others', async () => {
    const content = 'name,note\n\nAda,"two\nlines"\n,\n  ,\t\nObi,"a\r\nb\r\n"\nEfe,x\n\n\nUche,y\n';
    expect(await rows(content)).toEqual([
      [3, 'Ada', 'two\nlines'],
      [7, 'Obi', 'a\r\nb\r\n'],
      [10, 'Efe', 'x'],
      [13, 'Uche', 'y'],
    ]);
  });

  test('takes a delimiter and quotes within the header', async () => {
    const { columns } = await read('"name, first",mobile\nAda,0801\n');
    expect(columns).toEqual(['name, first', 'mobile']);
  });

  test('obeys the delimiter that is said', async () => {
    expect(await rows('a,b;c\n1,2;3\n', { source: { delimiter: ';' } })).toEqual([[2, '1,2', '3']]);
  });

  test('with one column needs no delimiter', async () => {
    expect(await rows('mobile\n0801\n0802\n')).toEqual([
      [2, '0801'],
      [3, '0802'],
    ]);
  });

  test('comes in batches of at most a thousand rows', async () => {
    const content = `name,mobile\n${'Ada,0801\n'.repeat(2500)}`;
    const { batches } = await read(content);
    expect(Math.max(...batches)).toBeLessThanOrEqual(1000);
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(2500);
  });

  test('may be in another encoding, if that is said', async () => {
    const windows = Buffer.from('name,mobile\nIf\xE9,0801\n', 'latin1');
    for (const chunkBytes of [1, 1000]) {
      expect(await rows(windows, { source: { encoding: 'windows-1252' }, chunkBytes })).toEqual([[2, 'Ifé', '0801']]);
      const wide = Buffer.from('\uFEFFname,mobile\nIfé,0801\n', 'utf16le');
      expect(await rows(wide, { source: { encoding: 'utf-16le' }, chunkBytes })).toEqual([[2, 'Ifé', '0801']]);
    }
  });

  test('is closed when its reader stops early', async () => {
    let closed = false;
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('name,mobile\n');
      } finally {
        closed = true;
      }
    };
    for await (const item of csvItems(patients, { stream })) if (item.kind === 'columns') break;
    expect(closed).toBe(true);
  });
});

describe('a damaged row', () => {
  test('is rejected with its line, and the others are read', async () => {
    const content = 'name,mobile\nAda,0801,x\nObi\nEfe,5" pipe\nUche,"two\nlines"\nSimi,a"b"c\nBisi,0802\n';
    expect(await rows(content)).toEqual([
      [2, 'ROW_RAGGED'],
      [3, 'ROW_RAGGED'],
      [4, 'ROW_QUOTES'],
      [5, 'Uche', 'two\nlines'],
      [7, 'ROW_QUOTES'],
      [8, 'Bisi', '0802'],
    ]);
  });

  test('at the end of the file is not lost', async () => {
    expect(await rows('name,mobile\nAda,08"01\nObi,08"02')).toEqual([
      [2, 'ROW_QUOTES'],
      [3, 'ROW_QUOTES'],
    ]);
  });

  test('says how many cells it has', async () => {
    const files = inMemory({ '/clinic/patients.csv': 'a,b\n1,2,3\n' });
    for await (const item of csvItems(patients, files)) {
      if (item.kind !== 'rows') continue;
      expect(item.rows).toEqual([
        {
          kind: 'rejected',
          rejected: {
            place: { source: 'patients.csv', line: 2 },
            reason: { code: 'ROW_RAGGED', detail: '3 cells, 2 columns' },
            row: { a: '1', b: '2' },
          },
        },
      ]);
    }
  });

  test('with bytes that are no UTF-8 is rejected, wherever its line stands', async () => {
    const lines = ['name,note', 'Ada,x', 'If\xE9,x', 'Obi,"a', '\xFF', 'b"', 'Efe,x', '\xE9'].join('\n');
    for (const chunkBytes of [1, 10, 1000]) {
      expect(await rows(Buffer.from(lines, 'latin1'), { chunkBytes })).toEqual([
        [2, 'Ada', 'x'],
        [3, 'ROW_ENCODING'],
        [4, 'ROW_ENCODING'],
        [7, 'Efe', 'x'],
        [8, 'ROW_ENCODING'],
      ]);
    }
  });
});

describe('a finding about a CSV file', () => {
  test.each<[string, string | Uint8Array, object, Reading?]>([
    ['an empty file', '', { code: 'SOURCE_EMPTY', args: { path: 'patients.csv', lacks: 'everything' } }],
    ['blank lines alone', '\n\n', { code: 'SOURCE_EMPTY', args: { path: 'patients.csv', lacks: 'everything' } }],
    ['a byte order mark alone', '\uFEFF', { code: 'SOURCE_EMPTY' }],
    [
      'a workbook',
      Buffer.from('PK\u0003\u0004rest'),
      { code: 'SOURCE_NOT_CSV', args: { path: 'patients.csv', found: 'workbook' } },
    ],
    [
      'a web page',
      '\uFEFF\n<!DOCTYPE html>\n<title>Sign in</title>',
      { code: 'SOURCE_NOT_CSV', args: { path: 'patients.csv', found: 'web-page' } },
    ],
    ['an old web page', '<html lang="en"><body>', { code: 'SOURCE_NOT_CSV' }],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), { code: 'SOURCE_NOT_CSV' }],
    [
      'UTF-16 with a mark',
      Buffer.from('\uFEFFa,b\n', 'utf16le'),
      { code: 'SOURCE_NOT_CSV', args: { path: 'patients.csv', found: 'utf-16' } },
    ],
    ['UTF-16 of the other order', Buffer.from('\uFEFFa,b\n', 'utf16le').swap16(), { code: 'SOURCE_NOT_CSV' }],
    [
      'UTF-16 without a mark',
      Buffer.from('a,b\n', 'utf16le'),
      { code: 'SOURCE_NOT_CSV', args: { path: 'patients.csv', found: 'utf-16' } },
    ],
    ['zero bytes', 'a,b\n1,\u00002\n', { code: 'SOURCE_NOT_CSV', args: { path: 'patients.csv', found: 'binary' } }],
    ['a zero byte later on', `a,b\n${'1,2\n'.repeat(3000)}1,\u0000\n`, { code: 'SOURCE_NOT_CSV' }],
    [
      'an unknown encoding',
      'a,b\n',
      { code: 'SOURCE_ENCODING_UNKNOWN', args: { path: 'patients.csv', encoding: 'utf-9' } },
      { source: { encoding: 'utf-9' } },
    ],
    [
      'bytes of another encoding',
      Buffer.from('a,b\n1,2\n3,\xFF\n', 'latin1'),
      { code: 'SOURCE_ENCODING' },
      { source: { encoding: 'shift_jis' } },
    ],
    [
      'half a character at the end',
      Buffer.from([0x61, 0x00, 0x62]),
      { code: 'SOURCE_ENCODING' },
      { source: { encoding: 'utf-16le' } },
    ],
    [
      'a header that is no UTF-8',
      Buffer.from('n\xE9,b\n1,2\n', 'latin1'),
      { code: 'SOURCE_ENCODING', args: { path: 'patients.csv', encoding: 'utf-8', line: 1 } },
    ],
    [
      'two delimiters',
      'name;phone, mobile\n',
      { code: 'SOURCE_DELIMITER', args: { path: 'patients.csv', candidates: [',', ';'] } },
    ],
    [
      'no header',
      'Ada,0803 000 0101\nObi,08030000102\n',
      { code: 'SOURCE_HEADER_MISSING', args: { path: 'patients.csv', column: 2 } },
    ],
    [
      'a quote in the header',
      'na"me,mobile\nAda,0801\n',
      { code: 'SOURCE_QUOTES', args: { path: 'patients.csv', line: 1 } },
    ],
    [
      'a name twice',
      'name,mobile, name\n',
      { code: 'SOURCE_HEADER_DUPLICATE', args: { path: 'patients.csv', name: 'name', columns: [1, 3] } },
    ],
    [
      'a column without a name',
      'name,,mobile\n',
      { code: 'SOURCE_HEADER_EMPTY', args: { path: 'patients.csv', column: 2 } },
    ],
    [
      'a name with a line break',
      '"na\nme",mobile\n',
      { code: 'SOURCE_HEADER_BREAK', args: { path: 'patients.csv', column: 1 } },
    ],
    ['lines that end in CR', 'name,mobile\rAda,0801\r', { code: 'SOURCE_HEADER_BREAK' }],
    [
      'a reserved name',
      'name,__proto__\n',
      { code: 'SOURCE_HEADER_RESERVED', args: { path: 'patients.csv', name: '__proto__' } },
    ],
    [
      'a quote that ends too early',
      'a,b\n1,"2"x\n3,4\n',
      { code: 'SOURCE_QUOTES', args: { path: 'patients.csv', line: 2 } },
    ],
    [
      'a quote that does not end',
      'a,b\n1,2\n3,"4\n5,6\n',
      { code: 'SOURCE_QUOTES', args: { path: 'patients.csv', line: 3 } },
    ],
    [
      'a quote that takes a row',
      'a,b,c\n1,"2,3\n4,5"\n',
      { code: 'SOURCE_QUOTES', args: { path: 'patients.csv', line: 2 } },
    ],
    [
      'a quote that takes a megabyte',
      `a,b\n1,"2\n${'3,4\n'.repeat(300_000)}`,
      { code: 'SOURCE_QUOTES', args: { path: 'patients.csv', line: 2 } },
    ],
    [
      'a line of a megabyte',
      `a,b\n1,${'2'.repeat(1_100_000)}\n`,
      { code: 'SOURCE_LINE_TOO_LONG', args: { path: 'patients.csv', line: 2, limit: 1_048_576 } },
    ],
    [
      'a line of two megabytes, in pieces',
      `a,b\n1,${'2'.repeat(2_200_000)}\n`,
      { code: 'SOURCE_LINE_TOO_LONG' },
      { chunkBytes: 100_000 },
    ],
  ])('tells of %s', async (_, content, expected, reading) => {
    expect(await finding(content, reading)).toMatchObject(expected);
  });

  test('comes after the rows before it', async () => {
    const { rows: found, findings } = await read('a,b\n1,2\n3,"4\n5,6\n');
    expect(found).toEqual([[2, '1', '2']]);
    expect(findings).toHaveLength(1);
  });

  test('tells all of a header at once', async () => {
    const { findings } = await read('a,,a,valueOf,a\n');
    expect(findings).toMatchObject([
      { code: 'SOURCE_HEADER_DUPLICATE' },
      { code: 'SOURCE_HEADER_EMPTY' },
      { code: 'SOURCE_HEADER_RESERVED' },
    ]);
  });

  test.each([
    ['missing', 'SOURCE_MISSING'],
    ['not_a_file', 'SOURCE_UNREADABLE'],
    ['unreadable', 'SOURCE_UNREADABLE'],
  ] as const)('tells that the file is %s', async (kind, code) => {
    const stream = (path: string): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new FileProblem(kind, path)) }),
    });
    const items = [];
    for await (const item of csvItems(patients, { stream })) items.push(item);
    expect(items).toMatchObject([{ kind: 'broken', diagnostics: [{ code, at }] }]);
  });

  test('hides no bug', async () => {
    const stream = (): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError('a bug')) }),
    });
    await expect(csvItems(patients, { stream }).next()).rejects.toThrow('a bug');
  });
});

test('a list of one column may lack its header', async () => {
  const options = { mayLackHeader: true };
  expect(await read('+2348030000101\n0803 000 0102\n', { options })).toMatchObject({
    columns: ['phone'],
    rows: [
      [1, '+2348030000101'],
      [2, '0803 000 0102'],
    ],
  });
  expect(await read('mobile\n+2348030000101\n', { options })).toMatchObject({
    columns: ['mobile'],
    rows: [[2, '+2348030000101']],
  });
  expect(await read('080\n', { options })).toMatchObject({ columns: ['phone'], rows: [[1, '080']] });
  expect(await finding('Ada,08030000101\n', { options })).toMatchObject({ code: 'SOURCE_HEADER_MISSING' });
});

test('cells of any text come back as they were written', async () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  const table = fc
    .nat({ max: 3 })
    .chain((extra) =>
      fc.array(
        fc
          .array(cell, { minLength: extra + 2, maxLength: extra + 2 })
          .filter((record) => record.some((text) => text.trim() !== '')),
      ),
    );
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 50 }),
      async (records, delimiter, lineEnd, chunkBytes) => {
        const width = records[0]?.length ?? 2;
        const header = Array.from({ length: width }, (_, index) => `column ${String(index)}`);
        const print = (record: readonly string[]): string =>
          record.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter);
        const content = [header, ...records].map(print).join(lineEnd);
        const found = await rows(content, { chunkBytes });
        expect(found.map((row) => (Array.isArray(row) ? row.slice(1) : row))).toEqual(records);
      },
    ),
    { numRuns: 60 },
  );
});

test('any bytes give rows or findings, and end', async () => {
  const noise = fc.array(fc.constantFrom(...Array.from('ab",;\n\r'), 'é', '\n"', '",'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(noise, fc.integer({ min: 1, max: 20 }), async (pieces, chunkBytes) => {
      const { rows: found, findings } = await read(`a,b\n${pieces.join('')}`, { chunkBytes });
      expect(findings.length).toBeLessThanOrEqual(1);
      const lines = found.map((row) => (Array.isArray(row) ? Number(row[0]) : 0));
      expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
