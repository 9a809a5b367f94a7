import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlSource } from '../../../src/model/source.ts';
import { openReach } from '../../../src/input/reach.ts';
import type { Reach } from '../../../src/input/reach.ts';
import { systemFiles } from '../../../src/system/files.ts';
import { download } from '../../../src/system/http-download.ts';
import { postgres, postgresPrograms } from '../../support/postgres.ts';
import type { Postgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { ReadRows } from './read-rows.ts';
import { at, findings, readRows, told } from './read-rows.ts';

const file = '${env.CLINIC_DB}';

const hasPostgres = postgresPrograms !== undefined;
if (!hasPostgres) console.warn('PostgreSQL is not installed: its sources are not tested (apt-get install postgresql)');

describe.runIf(hasPostgres)('a PostgreSQL database', () => {
  let server: Postgres;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await postgres();
    const client = new Client({ connectionString: server.address });
    await client.connect();
    await client.query(`
      create table visits (id bigint, mobile text, fee numeric, at timestamp, seen timestamptz, day date, open boolean, rate float8);
      insert into visits values
        (9223372036854775807, '+2348031234567', 1.50, '2026-11-24 10:30', '2026-11-24 10:30+01', '2026-11-24', true, 0.1),
        (2, null, null, null, null, null, false, null);
    `);
    await client.end();
  }, 30_000);

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  function reach(): Reach {
    const scratch = async (): ReturnType<Parameters<typeof openReach>[0]['scratch']> => ({
      path: folder.path,
      remove: () => Promise.resolve(),
    });
    return openReach({ files: systemFiles, download, scratch });
  }

  function read(query: string, address: string = server.address, way: Reach | undefined = reach()): Promise<ReadRows> {
    const source: SqlSource = {
      kind: 'sql',
      at,
      database: file,
      folder: '/',
      file,
      query: { kind: 'text', text: query },
    };
    return readRows(source, { reach: way, secrets: new Map([[file, address]]) });
  }

  test('gives exact texts, dates and times in ISO 8601', async () => {
    const rows = await read('select * from visits order by id desc');
    expect(rows.columns).toEqual(['id', 'mobile', 'fee', 'at', 'seen', 'day', 'open', 'rate']);
    expect(told(rows)).toEqual([
      {
        id: '9223372036854775807',
        mobile: '+2348031234567',
        fee: '1.50',
        at: '2026-11-24T10:30:00',
        seen: '2026-11-24T09:30:00+00:00',
        day: '2026-11-24',
        open: 'true',
        rate: '0.1',
      },
      { id: '2', open: 'false' },
    ]);
    expect(rows.rows[1]).toMatchObject({ row: { place: { source: file, line: 2, unit: 'row' } } });
  });

  test('streams its rows, and has columns without any', async () => {
    const many = await read("select n as id, 'Añá 😀' as name from generate_series(1, 2500) n;");
    expect(many.rows).toHaveLength(2500);
    expect(told(many).at(-1)).toEqual({ id: '2500', name: 'Añá 😀' });
    expect((await read('select id from visits where false')).columns).toEqual(['id']);
  });

  test('is asked once a command', async () => {
    const way = reach();
    const before = await read('select clock_timestamp() as now', server.address, way);
    expect(told(await read('select clock_timestamp() as now', server.address, way))).toEqual(told(before));
    expect(told(await read('select clock_timestamp() as now', server.address, way.again()))).not.toEqual(told(before));
  });

  test('rejects rows with bytes or rounded numbers', async () => {
    expect(told(await read("select '\\x00'::bytea as scan"))).toEqual([{ code: 'ROW_CELL_TYPE', column: 'scan' }]);
    expect(told(await read('select 1e300::float8 as fee'))).toEqual([{ code: 'ROW_CELL_DIGITS', column: 'fee' }]);
  });

  test.each([
    ['select id from visit', 'relation "visit" does not exist'],
    ['select id from visits; drop table visits', 'cannot insert multiple commands into a prepared statement'],
    ['with gone as (delete from visits returning id) select id from gone', undefined],
    ["select set_config('transaction_read_only', 'off', false), nextval('none')", undefined],
    ['drop table visits', undefined],
    ['select mobile::int from visits where id <> 2', 'SQLSTATE 22003'],
  ])('refuses %j and stays as it was', async (query, problem) => {
    expect(findings(await read(query))).toMatchObject([
      { code: 'SOURCE_QUERY', path: file, ...(problem !== undefined && { problem }) },
    ]);
    expect((await read('select id from visits')).rows).toHaveLength(2);
  });

  test('may not be written by a function either', async () => {
    const client = new Client({ connectionString: server.address });
    await client.connect();
    await client.query(`create function forget() returns int language sql as 'delete from visits returning 1'`);
    await client.end();
    expect(findings(await read('select forget() as id'))).toMatchObject([
      { problem: 'it writes, and a source is only read' },
    ]);
  });

  test.each([
    [
      'another password',
      (address: string) => address.replace('clinic%20password', 'swordfish'),
      'user or password is refused',
    ],
    [
      'another name',
      (address: string) => address.replace('/postgres', '/swordfish'),
      'there is no database of that name',
    ],
    ['another port', (address: string) => address.replace(/:\d+\//, ':1/'), 'nothing listens there'],
    ['an address that is none', () => 'postgres://swordfish:@[', 'its address cannot be read'],
  ])('with %s is a finding that tells no password', async (_, changed, problem) => {
    const read1 = await read('select 1 as id', changed(server.address));
    expect(findings(read1)).toEqual([{ code: 'SOURCE_DATABASE', path: file, problem }]);
  });

  test('is not read by a command that asks nobody', async () => {
    const source: SqlSource = {
      kind: 'sql',
      at,
      database: file,
      folder: '/',
      file,
      query: { kind: 'text', text: 'select 1' },
    };
    expect(findings(await readRows(source, { secrets: new Map([[file, server.address]]) }))).toEqual([
      { code: 'SOURCE_NOT_READ', path: file, why: 'remote' },
    ]);
  });

  test('that goes away in the middle is a finding', async () => {
    const killing =
      'select n, pg_terminate_backend(case when n = 3000 then pg_backend_pid() end) from generate_series(1, 9000) n';
    expect(findings(await read(killing))).toMatchObject([{ code: 'SOURCE_QUERY' }]);
  });
});
