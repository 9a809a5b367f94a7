import { describe, expect, test } from 'vitest';
import type { Condition, MappedColumn } from '../../../src/model/source.ts';
import { at, findings, readRows, readText, told } from './read-rows.ts';

describe('a TSV file', () => {
  test('has tabs between its cells, whatever else its header holds', async () => {
    const read = await readText({ kind: 'tsv' }, 'id\tname, first\tmobile\nA-1\tAda\t08031234567\n');
    expect(read.columns).toEqual(['id', 'name, first', 'mobile']);
    expect(told(read)).toEqual([{ id: 'A-1', 'name, first': 'Ada', mobile: '08031234567' }]);
  });
});

describe('a JSON file', () => {
  const visits = (items: string): string => `{"data": {"items": ${items}}}`;
  const kind = { kind: 'json', items: ['data', 'items'] } as const;

  test('is a list of objects, or says where it is', async () => {
    expect(told(await readText({ kind: 'json' }, '[{"id": "A-1"}]'))).toEqual([{ id: 'A-1' }]);
    const read = await readText(kind, visits('[{"id": "A-1"}, {"id": "A-2"}]'));
    expect(told(read)).toEqual([{ id: 'A-1' }, { id: 'A-2' }]);
    expect(read.rows[1]).toMatchObject({
      row: { place: { source: 'patients.json data.items', line: 2, unit: 'item' } },
    });
  });

  test('has the keys of all its objects as columns', async () => {
    const read = await readText({ kind: 'json' }, '[{"id": "A-1"}, {"id": "A-2", " name ": "Obi"}]');
    expect(read.columns).toEqual(['id', 'name']);
    expect(told(read)).toEqual([{ id: 'A-1' }, { id: 'A-2', name: 'Obi' }]);
  });

  test('has texts, numbers as they are written, true, false and null as cells', async () => {
    const read = await readText({ kind: 'json' }, '[{"a": "0803", "b": 1.50, "c": true, "d": null, "e": 2.34803E12}]');
    expect(told(read)).toEqual([{ a: '0803', b: '1.50', c: 'true', e: '2.34803E12' }]);
  });

  test.each([
    ['{"mobile": {"home": "0803"}}', { code: 'ROW_CELL_TYPE', column: 'mobile' }],
    ['{"mobile": ["0803"]}', { code: 'ROW_CELL_TYPE', column: 'mobile' }],
    ['{"mobile": 23480312345678901}', { code: 'ROW_CELL_DIGITS', column: 'mobile' }],
    ['{"mobile": 1e400}', { code: 'ROW_CELL_DIGITS', column: 'mobile' }],
    ['"A-1"', { code: 'ROW_SYNTAX', detail: 'it is no object' }],
  ])('rejects the row %s', async (row, reason) => {
    expect(told(await readText({ kind: 'json' }, `[{"mobile": "0803"}, ${row}]`))).toEqual([
      { mobile: '0803' },
      reason,
    ]);
  });

  test.each([
    ['{"id": "A-1"}', { code: 'SOURCE_ITEMS', items: '', found: 'an object' }],
    ['7', { code: 'SOURCE_ITEMS', items: '', found: 'a number' }],
    ['[{"id": 1,}]', { code: 'SOURCE_JSON', where: 'line 1, column 11' }],
    ['[\n{"id": 1, "id": 2}]', { code: 'SOURCE_JSON', where: 'line 2, column 11' }],
    ['[{"constructor": 1}]', { code: 'SOURCE_HEADER_RESERVED', name: 'constructor' }],
    ['[{" id": 1, "id": 2}]', { code: 'SOURCE_HEADER_DUPLICATE', name: 'id' }],
    ['[{"+2348031234567": 1}]', { code: 'SOURCE_HEADER_MISSING', column: 1 }],
    ['', { code: 'SOURCE_EMPTY', lacks: 'everything' }],
    [Buffer.from('[{"id": "\xe9"}]', 'latin1'), { code: 'SOURCE_ENCODING', line: 1 }],
    [Buffer.from('[]', 'utf16le'), { code: 'SOURCE_NOT_CSV', found: 'utf-16' }],
  ])('that holds %s is refused', async (text, finding) => {
    expect(findings(await readText({ kind: 'json' }, text))).toMatchObject([finding]);
  });

  test('whose list is not where it is said to be is refused', async () => {
    expect(findings(await readText(kind, '{"data": {}}'))).toEqual([
      { code: 'SOURCE_ITEMS', path: 'patients.json', items: 'data.items', found: 'not there' },
    ]);
  });

  test('larger than 64 MiB is refused before it is parsed', async () => {
    const large = {
      async *stream(): AsyncGenerator<Uint8Array> {
        for (let part = 0; part < 65; part += 1) yield Buffer.alloc(1_048_576, ' ');
      },
    };
    const read = await readRows({ kind: 'json', path: '/big.json', file: 'big.json', at }, { files: large });
    expect(findings(read)).toEqual([
      { code: 'SOURCE_TOO_LARGE', path: 'big.json', size: 68_157_440, limit: 67_108_864 },
    ]);
  });
});

describe('a JSONL file', () => {
  test('has an object a line, and tells the lines of rows', async () => {
    const read = await readText({ kind: 'jsonl' }, '{"id": "A-1"}\r\n\n{"id": "A-2", "name": "Obi"}');
    expect(read.columns).toEqual(['id', 'name']);
    expect(told(read)).toEqual([{ id: 'A-1' }, { id: 'A-2', name: 'Obi' }]);
    expect(read.rows[1]).toMatchObject({ row: { place: { source: 'patients.jsonl', line: 3 } } });
  });

  test('rejects the lines that are no objects, and reads on', async () => {
    const text = Buffer.concat([
      Buffer.from('{"id": "A-1"}\n{"id": "A-2"\n["A-3"]\n{"id": "'),
      Buffer.from([0xe9]),
      Buffer.from('"}\n{"id": "A-5", "id": "A-6"}\n{"id": "A-7"}\n'),
    ]);
    expect(told(await readText({ kind: 'jsonl' }, text))).toEqual([
      { id: 'A-1' },
      { code: 'ROW_SYNTAX', detail: 'a comma or } was expected, column 13' },
      { code: 'ROW_SYNTAX', detail: 'it is no object' },
      { code: 'ROW_ENCODING' },
      { code: 'ROW_SYNTAX', detail: 'a key stands twice in one object, column 15' },
      { id: 'A-7' },
    ]);
  });

  test('rejects a row with a key that none of the first thousand rows has', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `{"id": "A-${String(index)}"}\n`).join('');
    const read = await readText({ kind: 'jsonl' }, `${lines}{"id": "B-1", "late": "x"}\n`);
    expect(read.columns).toEqual(['id']);
    expect(told(read).at(-1)).toEqual({ code: 'ROW_RAGGED', detail: 'a key that no earlier row has' });
  });

  test.each([
    ['', { code: 'SOURCE_EMPTY', lacks: 'everything' }],
    ['{"__proto__": 1}\n', { code: 'SOURCE_HEADER_RESERVED', name: '__proto__' }],
  ])('that cannot be read is refused: %#', async (text, finding) => {
    expect(findings(await readText({ kind: 'jsonl' }, text))).toMatchObject([finding]);
  });
});

test.each(['json', 'jsonl', 'xlsx', 'tsv'] as const)('a %s file that is not there is a finding', async (kind) => {
  const path = `/nowhere/patients.${kind}`;
  expect(findings(await readRows({ kind, path, file: path, at }))).toEqual([{ code: 'SOURCE_MISSING', path }]);
});

describe('a source with a map and a filter', () => {
  const mobile: MappedColumn = { column: 'mobile', at, kind: 'column', from: 'Phone Number' };
  const map = [mobile];
  const consent: Condition = { column: 'consent', at, kind: 'in', values: ['yes'] };
  const only = [consent];
  const text = 'id,Phone Number,consent\nA-1,0803,yes\nA-2,0804,no\nA-3,0805,yes,x\n';

  test('has the mapped columns, and only the rows that are asked for', async () => {
    const read = await readText({ kind: 'csv', map, only }, text);
    expect(read.columns).toEqual(['id', 'consent', 'mobile']);
    expect(told(read)).toEqual([
      { id: 'A-1', consent: 'yes', mobile: '0803' },
      { code: 'ROW_RAGGED', detail: '4 cells, 3 columns' },
    ]);
    expect(read.leftOut).toBe(1);
  });

  test('says which column it lacks, and which is meant', async () => {
    const wrong = [{ ...mobile, from: 'Phone Numbr' }];
    expect(findings(await readText({ kind: 'csv', map: wrong }, text))).toMatchObject([
      { code: 'SOURCE_COLUMN_UNKNOWN', name: 'Phone Numbr', use: 'map', meant: 'Phone Number' },
    ]);
    const other = [{ ...consent, column: 'Phone Number' }];
    expect(findings(await readText({ kind: 'csv', map, only: other }, text))).toMatchObject([
      { code: 'SOURCE_COLUMN_UNKNOWN', name: 'Phone Number', use: 'only' },
    ]);
    const hiding = [{ ...mobile, column: 'id' }];
    expect(findings(await readText({ kind: 'csv', map: hiding }, text))).toMatchObject([
      { code: 'SOURCE_COLUMN_TWICE', name: 'id' },
    ]);
  });
});
