import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlSource } from '../../../src/model/source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { inMemory } from '../in-memory.ts';
import type { ReadRows } from './read-rows.ts';
import { at, findings, readRows, told } from './read-rows.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const database = new DatabaseSync(join(folder.path, 'clinic.db'));
  database.exec(`
    create table visits (id integer, mobile text, fee real, scan blob);
    insert into visits values (9007199254740993, '+2348031234567', 12.5, null), (2, null, 2348031234567.0, null);
  `);
  database.close();
});

afterAll(() => folder[Symbol.asyncDispose]());

function visits(query: string, more: Partial<SqlSource> = {}): SqlSource {
  return {
    kind: 'sql',
    at,
    database: 'clinic.db',
    folder: folder.path,
    file: 'clinic.db',
    query: { kind: 'text', text: query },
    ...more,
  };
}

function read(query: string, more?: Partial<SqlSource>): Promise<ReadRows> {
  return readRows(visits(query, more));
}

describe('an SQLite file', () => {
  test('is asked, and has its values as exact texts', async () => {
    const rows = await read('select id, mobile, fee from visits');
    expect(rows.columns).toEqual(['id', 'mobile', 'fee']);
    expect(told(rows)).toEqual([
      { id: '9007199254740993', mobile: '+2348031234567', fee: '12.5' },
      { id: '2', fee: '2348031234567' },
    ]);
    expect(rows.rows[1]).toMatchObject({ row: { place: { source: 'clinic.db', line: 2, unit: 'row' } } });
  });

  test('gives as many rows as the query has', async () => {
    const many = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500) select i as id from n';
    expect((await read(many)).rows).toHaveLength(2500);
  });

  test('is asked what stands in a file', async () => {
    const path = join(folder.path, 'due.sql');
    const { systemFiles } = await import('../../../src/system/files.ts');
    await systemFiles.writeAtomically(path, 'select id from visits order by id; -- the due ones\n');
    expect(told(await read('', { query: { kind: 'file', path, file: 'due.sql' } }))).toHaveLength(2);
    const gone = { kind: 'file', path: join(folder.path, 'gone.sql'), file: 'gone.sql' } as const;
    expect(findings(await read('', { query: gone }))).toEqual([{ code: 'SOURCE_MISSING', path: 'gone.sql' }]);
  });

  test('rejects rows with bytes or rounded numbers', async () => {
    expect(told(await read("select x'00' as scan union all select 1e300"))).toEqual([
      { code: 'ROW_CELL_TYPE', column: 'scan' },
      { code: 'ROW_CELL_DIGITS', column: 'scan' },
    ]);
  });

  test.each([
    ['delete from visits returning id', 'it writes, and a source is only read'],
    ['delete from visits', 'it answers no rows'],
    ['select id from visits; delete from visits', 'it is more than one statement'],
    ['select id from visit', 'no such table: visit'],
    ['', 'it is empty'],
    ['begin', 'it answers no rows'],
  ])('refuses %j', async (query, problem) => {
    expect(findings(await read(query))).toEqual([{ code: 'SOURCE_QUERY', path: 'clinic.db', problem }]);
    expect((await read('select * from visits')).rows).toHaveLength(2);
  });

  test('refuses columns with one name', async () => {
    expect(findings(await read('select id, mobile as id from visits'))).toMatchObject([
      { code: 'SOURCE_HEADER_DUPLICATE', name: 'id' },
    ]);
  });

  test('that is not there, or is none, is a finding', async () => {
    expect(findings(await read('select 1', { database: 'gone.db' }))).toEqual([
      { code: 'SOURCE_MISSING', path: 'clinic.db' },
    ]);
    const { systemFiles } = await import('../../../src/system/files.ts');
    await systemFiles.writeAtomically(join(folder.path, 'list.db'), 'id,mobile\n'.repeat(100));
    expect(findings(await read('select 1', { database: 'list.db' }))).toEqual([
      { code: 'SOURCE_DATABASE', path: 'clinic.db', problem: 'it is no SQLite database' },
    ]);
  });

  test('whose address is not set is not read', async () => {
    const source = visits('select 1', { database: '${env.CLINIC_DB}', file: '${env.CLINIC_DB}' });
    const secrets = new Map([['${env.CLINIC_DB}', undefined]]);
    expect(findings(await readRows(source, { files: inMemory({}), secrets }))).toEqual([
      { code: 'SOURCE_NOT_READ', path: '${env.CLINIC_DB}', why: 'secret' },
    ]);
    const set = new Map([['${env.CLINIC_DB}', join(folder.path, 'clinic.db')]]);
    expect(
      (await readRows({ ...source, query: { kind: 'text', text: 'select id from visits' } }, { secrets: set })).rows,
    ).toHaveLength(2);
  });
});
