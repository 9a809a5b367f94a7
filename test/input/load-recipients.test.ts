import { describe, expect, test } from 'vitest';
import { openRecipients } from '../../src/input/load-recipients.ts';
import type { OpenRecipients } from '../../src/input/load-recipients.ts';
import { writeRejects } from '../../src/input/rejects.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { Source } from '../../src/model/source.ts';
import type { ReadRow } from '../../src/model/recipient.ts';
import { systemFiles } from '../../src/system/files.ts';
import { list } from '../recipients/list.ts';
import type { WrittenList } from '../recipients/list.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inMemory } from './in-memory.ts';
import type { InMemory } from './in-memory.ts';

const at = { file: 'campaign.yaml', line: 22, col: 12 };

function csv(name: string): Source {
  return { kind: 'csv', path: `/clinic/${name}`, file: name, at };
}

const options = { sent: ['first_name'], hasPlaceholder: (text: string): boolean => text.includes('[') };

/** A campaign as far as reading its recipients goes; the rest of it must not be looked at. */
function campaign(sources: readonly Source[], written: WrittenList = {}): Campaign {
  const parts = list({ ...written, block: { sources, ...written.block } });
  return parts as Campaign;
}

async function open(files: InMemory, sources: readonly Source[], written?: WrittenList): Promise<OpenRecipients> {
  const opened = await openRecipients(campaign(sources, written), { files }, options);
  if (opened.kind === 'failed') throw new Error(JSON.stringify(opened.diagnostics));
  return opened;
}

async function all({ read }: OpenRecipients): Promise<readonly ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const batch of read()) rows.push(...batch);
  return rows;
}

function told(row: ReadRow): string {
  if (row.kind === 'recipient') return row.recipient.key;
  return row.kind === 'rejected' ? row.rejected.reason.code : row.kind;
}

const morning = [
  'id,mobile,first_name',
  'A-1,0803 000 0101,Ada',
  'A-1,+2348030000101,Ada',
  'A-2,2.34803E+12,Obi',
  'A-3,0803 000 0101,Efe',
  'A-1,0803 000 0109,Ada',
  'A-4,0803 000 0104,',
  'A-5,0803 000 0105,Uche,x',
  'A-6,0803 000 0106,Simi',
].join('\n');

describe('recipients', () => {
  test('are read in the order of the rows, from source to source, and compared across them', async () => {
    const files = inMemory({
      '/clinic/morning.csv': morning,
      '/clinic/evening.csv': 'mobile;id;first_name\n08030000107;B-1;Bisi\n08030000106;A-6;Simi\n',
      '/clinic/do-not-call.csv': 'phone\n+2348030000107\n',
    });
    const block = { suppress: [csv('do-not-call.csv')] };
    const opened = await open(files, [csv('morning.csv'), csv('evening.csv')], { block });
    const expected = [
      'A-1',
      'repeated',
      'ROW_PHONE_SCIENTIFIC',
      'ROW_SAME_PHONE',
      'ROW_ID_TWO_PHONES',
      'ROW_VALUE_MISSING',
      'ROW_RAGGED',
      'A-6',
      'B-1',
      'repeated',
    ];
    const rows = await all(opened);
    expect(rows.map(told)).toEqual(expected);
    const summary = opened.summary();
    expect(summary).toMatchObject({ rows: 10, valid: 3, repeated: 2, suppressed: 1, diagnostics: [] });
    expect(summary.firstRejected.map(({ place }) => place.line)).toEqual([4, 5, 6, 7, 8]);
    expect(rows.flatMap((row) => (row.kind === 'recipient' ? [row.recipient.suppressed] : []))).toEqual([
      false,
      false,
      true,
    ]);
    expect((await all(opened)).map(told)).toEqual(expected);
    expect(opened.summary()).toEqual(summary);
  });

  test('have the columns that every source has', async () => {
    const files = inMemory({
      '/clinic/a.csv': 'id,mobile,first_name,ward\nA,08030000101,Ada,2\n',
      '/clinic/b.csv': 'first_name,id,mobile,bed\nObi,B,08030000102,7\n',
    });
    const rows: Source = {
      kind: 'rows',
      at,
      rows: [{ at, cells: { id: 'C', mobile: '08030000103', first_name: 'Efe' } }],
    };
    const opened = await open(files, [csv('a.csv'), csv('b.csv'), rows]);
    expect(opened.columns).toEqual(['id', 'mobile', 'first_name']);
    expect(opened.allColumns).toEqual(['id', 'mobile', 'first_name', 'ward', 'bed']);
    expect((await all(opened)).map(told)).toEqual(['A', 'B', 'C']);
  });

  test('written in the campaign file stand at their line there', async () => {
    const rows: Source = {
      kind: 'rows',
      at,
      rows: [
        { at: { ...at, line: 23 }, cells: { id: 'A', mobile: '08030000101', first_name: 'Ada' } },
        { at: { ...at, line: 24 }, cells: { id: 'B', mobile: '080' } },
      ],
    };
    const read = await all(await open(inMemory({}), [rows]));
    expect(read).toMatchObject([
      { kind: 'recipient', recipient: { source: { source: 'campaign.yaml', line: 23 } } },
      { kind: 'rejected', rejected: { place: { source: 'campaign.yaml', line: 24 } } },
    ]);
  });

  test('are not opened while any source or list has a finding; all are told', async () => {
    const files = inMemory({
      '/clinic/a.csv': 'id,id\n1,2\n',
      '/clinic/b.csv': 'id,mobile\n',
      '/clinic/do-not-call.csv': '080\n',
    });
    const empty: Source = { kind: 'rows', at, rows: [] };
    const block = { suppress: [csv('do-not-call.csv')] };
    const sources = [csv('a.csv'), csv('b.csv'), csv('gone.csv'), empty];
    const opened = await openRecipients(campaign(sources, { block }), { files }, options);
    expect(opened).toMatchObject({
      kind: 'failed',
      diagnostics: [
        { code: 'SOURCE_HEADER_DUPLICATE' },
        { code: 'SOURCE_EMPTY', args: { path: 'b.csv', lacks: 'rows' } },
        { code: 'SOURCE_MISSING', args: { path: 'gone.csv' } },
        { code: 'SOURCE_EMPTY', args: { path: 'campaign.yaml', lacks: 'rows' } },
        { code: 'SUPPRESSION_ENTRY', args: { path: 'do-not-call.csv', line: 1 } },
      ],
    });
  });

  test('are not opened while a list has a finding, but their columns are told', async () => {
    const files = inMemory({ '/clinic/morning.csv': morning, '/clinic/do-not-call.csv': '080\n' });
    const block = { suppress: [csv('do-not-call.csv')] };
    const opened = await openRecipients(campaign([csv('morning.csv')], { block }), { files }, options);
    expect(opened).toMatchObject({ kind: 'failed', columns: morning.split('\n')[0]?.split(',') });
  });

  test('end where a source breaks off, and the summary says so', async () => {
    const broken = `${morning}\nA-7,"0803 000 0107,Ada\nA-8,0803 000 0108,Bisi`;
    const opened = await open(inMemory({ '/clinic/morning.csv': broken }), [csv('morning.csv')]);
    await all(opened);
    expect(opened.summary()).toMatchObject({
      rows: 8,
      diagnostics: [{ code: 'SOURCE_QUOTES', args: { path: 'morning.csv', line: 10 }, at }],
    });
  });

  test('have no summary before they are read', async () => {
    const opened = await open(inMemory({ '/clinic/morning.csv': morning }), [csv('morning.csv')]);
    expect(() => opened.summary()).toThrow('have not been read');
  });

  test('may be refused by the provider', async () => {
    const files = inMemory({ '/clinic/morning.csv': 'id,mobile,first_name\nA,08030000101,Ada\n' });
    const opened = await openRecipients(
      campaign([csv('morning.csv')]),
      { files },
      { sent: undefined, hasPlaceholder: () => false, checkCall: () => ({ code: 'ROW_MESSAGE_TOO_LONG' }) },
    );
    if (opened.kind === 'failed') throw new Error('not opened');
    expect((await all(opened)).map(told)).toEqual(['ROW_MESSAGE_TOO_LONG']);
  });

  test('by the hundred thousand take no more memory than a few do', async () => {
    const rows = 100_000;
    const stream = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id,mobile,first_name\n');
      for (let start = 0; start < rows; start += 1000) {
        const lines = Array.from(
          { length: 1000 },
          (_, index) => `A-${String(start + index)},+23480${String(30_000_000 + start + index)},Ada\n`,
        );
        yield Buffer.from(lines.join(''));
      }
    };
    const files = { stream, info: async () => undefined };
    const opened = await openRecipients(campaign([csv('long.csv')]), { files }, options);
    if (opened.kind === 'failed') throw new Error('not opened');
    const before = process.memoryUsage().rss;
    let peak = 0;
    for await (const batch of opened.read()) peak = Math.max(peak, batch.length === 0 ? 0 : process.memoryUsage().rss);
    expect(opened.summary()).toMatchObject({ rows, valid: rows });
    expect((peak - before) / 1e6).toBeLessThan(200);
  });
});

describe('the rejects file', () => {
  test('holds the cells as they were, the line and the reason, and is for its owner alone', async () => {
    await using folder = await temporaryFolder();
    const content = 'id,mobile,first_name\n=1+1,"080, 1","a ""b"""\n@x,+234 80,-1-2\n-cmd,08030000101, Ada\n';
    const opened = await open(inMemory({ '/clinic/list.csv': content }), [csv('list.csv')]);
    const path = `${folder.path}/rejects.csv`;
    const { written } = await writeRejects(path, { columns: opened.allColumns, rows: opened.read() }, systemFiles);
    expect(written).toBe(2);
    expect(Buffer.from(await systemFiles.read(path)).toString()).toBe(
      [
        'id,mobile,first_name,rejected_source,rejected_line,rejected_reason,rejected_detail',
        `'=1+1,"080, 1","a ""b""",list.csv,2,ROW_PHONE_INVALID,mobile: 4 digits`,
        `'@x,+234 80,-1-2,list.csv,3,ROW_PHONE_INVALID,mobile: 5 digits`,
        '',
      ].join('\r\n'),
    );
    const { mode } = await (await import('node:fs/promises')).stat(path);
    expect(mode & 0o777).toBe(0o600);
  });

  test('tells an item of JSON as everywhere else: counted from 0, in brackets', async () => {
    await using folder = await temporaryFolder();
    const content =
      '[{"id": "A-1", "mobile": "+2348030000101", "first_name": "Ada"}, {"id": "A-2", "mobile": "+234 80", "first_name": "Bisi"}]';
    const opened = await open(inMemory({ '/clinic/list.json': content }), [
      { kind: 'json', path: '/clinic/list.json', file: 'list.json', at },
    ]);
    const path = `${folder.path}/rejects.csv`;
    await writeRejects(path, { columns: opened.allColumns, rows: opened.read() }, systemFiles);
    expect(Buffer.from(await systemFiles.read(path)).toString()).toContain('A-2,+234 80,Bisi,list.json,[1],');
  });

  test('can be read as a source again', async () => {
    await using folder = await temporaryFolder();
    const opened = await open(inMemory({ '/clinic/morning.csv': morning }), [csv('morning.csv')]);
    const path = `${folder.path}/rejects.csv`;
    const { written } = await writeRejects(path, { columns: opened.allColumns, rows: opened.read() }, systemFiles);
    const again = await openRecipients(
      campaign([{ kind: 'csv', path, file: 'rejects.csv', at }]),
      { files: systemFiles },
      options,
    );
    if (again.kind === 'failed') throw new Error(JSON.stringify(again.diagnostics));
    expect(await all(again)).toHaveLength(written);
  });
});

describe('a schema of the rows', () => {
  const rowsSchema = { path: '/clinic/row.schema.json', file: 'row.schema.json', at };
  const text = 'id,mobile,first_name\nA-1,0803 000 0101,Ada\nB-2,0803 000 0102,Obi\n';

  test('makes rows invalid that do not meet it', async () => {
    const schema = JSON.stringify({ properties: { id: { pattern: '^A-' } } });
    const files = inMemory({ '/clinic/morning.csv': text, '/clinic/row.schema.json': schema });
    const opened = await open(files, [csv('morning.csv')], { block: { rowsSchema } });
    expect((await all(opened)).map(told)).toEqual(['A-1', 'ROW_SCHEMA']);
  });

  test('is a part of the content as the rows are held against it, whatever its file says by now', async () => {
    const files = inMemory({ '/clinic/morning.csv': text, '/clinic/row.schema.json': '{}' });
    const opened = await open(files, [csv('morning.csv')], { block: { rowsSchema } });
    const content = await opened.content();
    files.write('/clinic/row.schema.json', JSON.stringify({ required: ['first_name'] }));
    expect(await opened.content()).toBe(content);
    const again = await open(files, [csv('morning.csv')], { block: { rowsSchema } });
    expect(await again.content()).not.toBe(content);
  });

  test.each([
    [{ '/clinic/row.schema.json': '{"requird": ["id"]}' }, 'ROWS_SCHEMA_INVALID'],
    [{}, 'SOURCE_MISSING'],
  ])('that cannot be used stops everything: %j', async (more, code) => {
    const files = inMemory({ '/clinic/morning.csv': text, ...more });
    const opened = await openRecipients(campaign([csv('morning.csv')], { block: { rowsSchema } }), { files }, options);
    expect(opened).toMatchObject({ kind: 'failed', diagnostics: [{ code, at }] });
  });

  test('that is too large is said to be so', async () => {
    const schema = JSON.stringify({ properties: {}, description: 'x'.repeat(1_048_576) });
    const files = inMemory({ '/clinic/morning.csv': text, '/clinic/row.schema.json': schema });
    const opened = await openRecipients(campaign([csv('morning.csv')], { block: { rowsSchema } }), { files }, options);
    const args = { path: 'row.schema.json', problem: 'it has more than 1,048,576 bytes' };
    expect(opened).toMatchObject({ kind: 'failed', diagnostics: [{ code: 'ROWS_SCHEMA_INVALID', args, at }] });
  });
});

describe('sources that are not read', () => {
  const remote: Source = {
    kind: 'csv',
    path: '',
    file: 'https://lists.test/a.csv',
    at,
    address: { url: 'https://lists.test/a.csv', headers: {} },
  };

  test('are told, and the others are read', async () => {
    const files = inMemory({ '/clinic/morning.csv': 'id,mobile,first_name\nA-1,0803 000 0101,Ada\n' });
    const opened = await open(files, [remote, csv('morning.csv')], { block: { suppress: [remote] } });
    expect((await all(opened)).map(told)).toEqual(['A-1']);
    expect(opened.columns).toEqual(['id', 'mobile', 'first_name']);
    expect(opened.unread.map(({ code }) => code)).toEqual(['SOURCE_NOT_READ', 'SOURCE_NOT_READ']);
  });

  test('leave the columns unknown where no other is read', async () => {
    const opened = await open(inMemory({}), [remote]);
    expect(opened.columns).toBeUndefined();
    expect(await all(opened)).toEqual([]);
  });
});

test('sources with other headers meet by their maps, and rows that are not asked for are counted', async () => {
  const files = inMemory({
    '/clinic/morning.csv': 'id,mobile,first_name\nA-1,0803 000 0101,Ada\n',
    '/clinic/evening.csv': 'Nr,Phone,Name,Consent\nB-1,0803 000 0102,Obi,yes\nB-2,0803 000 0103,Efe,no\n',
  });
  const evening: Source = {
    ...csv('evening.csv'),
    map: [
      { column: 'id', at, kind: 'column', from: 'Nr' },
      { column: 'mobile', at, kind: 'column', from: 'Phone' },
      { column: 'first_name', at, kind: 'column', from: 'Name' },
    ],
    only: [{ column: 'Consent', at, kind: 'in', values: ['yes'] }],
  };
  const opened = await open(files, [csv('morning.csv'), evening]);
  expect(opened.columns).toEqual(['id', 'mobile', 'first_name']);
  expect((await all(opened)).map(told)).toEqual(['A-1', 'B-1']);
  expect(opened.summary()).toMatchObject({ rows: 2, valid: 2, leftOut: 1 });
});
