import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSource } from '../../src/model/source.ts';
import { openReach } from '../../src/input/reach.ts';
import type { Reach } from '../../src/input/reach.ts';
import { systemFiles } from '../../src/system/files.ts';
import { download } from '../../src/system/http-download.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { at, findings, readRows, told } from './rows/read-rows.ts';
import { workbookOf } from './rows/workbook-of.ts';

const list = 'id,mobile\nA-1,0803\n';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[];
let server: ReturnType<typeof createServer>;
let origin: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let reach: Reach;

beforeEach(async () => {
  asked = [];
  answer = (_, response) => void response.end(list);
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  folder = await temporaryFolder();
  reach = openReach({
    files: systemFiles,
    download,
    scratch: async () => ({ path: folder.path, remove: async () => folder[Symbol.asyncDispose]() }),
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await folder[Symbol.asyncDispose]();
});

function source(more: Partial<FileSource> = {}, address: Partial<NonNullable<FileSource['address']>> = {}): FileSource {
  const file = `${origin}/list`;
  return { kind: 'csv', path: '', file, at, address: { url: file, headers: {}, ...address }, ...more };
}

describe('a source with an address', () => {
  test('is fetched with its headers, their secrets filled in', async () => {
    const written = 'Bearer ${env.TOKEN}';
    const headers = { authorization: written, accept: 'text/csv' };
    const read = await readRows(source({}, { headers }), {
      reach,
      secrets: new Map([[written, 'Bearer of-the-list']]),
    });
    expect(told(read)).toEqual([{ id: 'A-1', mobile: '0803' }]);
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer of-the-list', accept: 'text/csv' });
    expect(read.rows[0]).toMatchObject({ row: { place: { source: `${origin}/list`, line: 2 } } });
  });

  test('may be of any format', async () => {
    answer = (_, response) => void response.end(workbookOf({ sheets: { Patients: [['id'], ['A-1']] } }));
    expect(told(await readRows(source({ kind: 'xlsx' }), { reach }))).toEqual([{ id: 'A-1' }]);
  });

  test('is fetched once, whatever it says later, until it is asked for again', async () => {
    await readRows(source(), { reach });
    answer = (_, response) => void response.end('id,mobile\nB-1,0804\n');
    expect(told(await readRows(source(), { reach }))).toEqual([{ id: 'A-1', mobile: '0803' }]);
    expect(asked).toHaveLength(1);
    expect(told(await readRows(source(), { reach: reach.again() }))).toEqual([{ id: 'B-1', mobile: '0804' }]);
    expect(await readdir(folder.path)).toEqual(['0']);
  });

  test('is kept where only the owner can read it, until the command ends', async () => {
    await readRows(source(), { reach });
    expect((await stat(join(folder.path, '0'))).mode & 0o777).toBe(0o600);
    await reach.close();
    expect(await readdir(dirname(folder.path))).not.toContain(folder.path);
  });

  test('is not read by a command that asks nobody, or without its credential', async () => {
    expect(findings(await readRows(source()))).toEqual([
      { code: 'SOURCE_NOT_READ', path: `${origin}/list`, why: 'remote' },
    ]);
    const headers = { authorization: '${env.TOKEN}' };
    const read = await readRows(source({}, { headers }), { reach, secrets: new Map([['${env.TOKEN}', undefined]]) });
    expect(findings(read)).toEqual([{ code: 'SOURCE_NOT_READ', path: `${origin}/list`, why: 'secret' }]);
    expect(asked).toEqual([]);
  });

  test('with another checksum is refused before a row of it is used', async () => {
    const sha256 = createHash('sha256').update(list).digest('hex');
    expect(told(await readRows(source({}, { sha256 }), { reach }))).toHaveLength(1);
    const other = await readRows(source({}, { sha256: 'a'.repeat(64) }), { reach });
    expect(other.rows).toEqual([]);
    expect(findings(other)).toMatchObject([{ code: 'SOURCE_CHECKSUM', expected: 'a'.repeat(64), found: sha256 }]);
  });

  test.each([
    [302, { location: 'https://elsewhere.test/list' }, 'it answers 302 and leads elsewhere'],
    [401, {}, 'it answers 401: the credential is refused'],
    [404, {}, 'it answers 404'],
    [204, {}, 'it answers 204'],
    [200, { 'content-encoding': 'br' }, 'it comes packed as br'],
  ])('that answers %i is a finding', async (status, headers, problem) => {
    answer = (_, response) => void response.writeHead(status, headers).end(list);
    expect(findings(await readRows(source(), { reach }))).toEqual([
      { code: 'SOURCE_ADDRESS', path: `${origin}/list`, problem },
    ]);
    expect(asked).toHaveLength(1);
  });

  test('that breaks off is a finding, and nothing of it is kept', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(list, () => response.destroy());
    };
    expect(findings(await readRows(source(), { reach }))).toMatchObject([
      { code: 'SOURCE_ADDRESS', problem: 'the connection broke' },
    ]);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('that nobody serves is a finding', async () => {
    const url = 'http://127.0.0.1:1/list';
    expect(findings(await readRows(source({}, { url }), { reach }))).toMatchObject([
      { code: 'SOURCE_ADDRESS', problem: 'nothing listens there' },
    ]);
  });

  test('with a header that none may be is a finding, which does not tell it', async () => {
    const headers = { authorization: 'sword\nfish' };
    const read = await readRows(source({}, { headers }), { reach });
    expect(findings(read)).toMatchObject([{ problem: 'a header holds characters that no header may hold' }]);
  });
});

test('what is larger than allowed is not kept', async () => {
  const path = join(folder.path, 'list');
  expect(await download({ url: `${origin}/list`, headers: {}, path, limit: 5 })).toEqual({
    kind: 'failed',
    problem: 'it is larger than 5 bytes',
  });
  expect(await readdir(folder.path)).toEqual([]);
});
