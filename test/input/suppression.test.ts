import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { loadSuppression } from '../../src/input/suppression.ts';
import type { Suppression } from '../../src/input/suppression.ts';
import { parsePhone } from '../../src/recipients/phone.ts';
import { list } from '../recipients/list.ts';
import { inMemory } from './in-memory.ts';
import type { InMemory } from './in-memory.ts';

const at = { file: 'campaign.yaml', line: 40, col: 12 };
const file: Source = { kind: 'csv', path: '/clinic/do-not-call.csv', file: 'do-not-call.csv', at };

function load(files: InMemory, suppress: readonly Source[] = [file], country = 'NG') {
  return loadSuppression(list({ fields: { country }, block: { suppress } }).recipients, files);
}

async function loaded(content: string): Promise<Suppression> {
  const result = await load(inMemory({ '/clinic/do-not-call.csv': content }));
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.diagnostics));
  return result.suppression;
}

async function findings(content: string, country?: string) {
  const result = await load(inMemory({ '/clinic/do-not-call.csv': content }), [file], country);
  return result.kind === 'failed' ? result.diagnostics : [];
}

function has(suppression: Suppression, number: string): boolean {
  const parsed = parsePhone(number, undefined);
  if (parsed.kind === 'rejected') throw new Error(parsed.code);
  return suppression.has(parsed.phone);
}

describe('a suppression list', () => {
  test.each([
    'phone\n+2348030000101\n0803 000 0102\n',
    'name,Mobile,since\nAda,+234 803 000 0101,2026\nObi,08030000102,2025\n',
    '+2348030000101\n08030000102',
    'whatever\n08030000101\n+2348030000102\n08030000101\n',
  ])('holds its numbers: %j', async (content) => {
    const suppression = await loaded(content);
    expect(suppression.size).toBe(2);
    expect(has(suppression, '+2348030000101') && has(suppression, '+2348030000102')).toBe(true);
    expect(has(suppression, '+2348030000103')).toBe(false);
    expect(suppression.files).toEqual(['/clinic/do-not-call.csv']);
  });

  test('may hold nobody yet', async () => {
    expect((await loaded('phone\n')).size).toBe(0);
  });

  test('adds up with others, those in the campaign file too', async () => {
    const rows: Source = { kind: 'rows', at, rows: [{ at, cells: { phone: '+2348030000103' } }] };
    const result = await load(inMemory({ '/clinic/do-not-call.csv': '+2348030000101' }), [file, rows]);
    expect(result).toMatchObject({ kind: 'loaded', suppression: { size: 2, files: ['/clinic/do-not-call.csv'] } });
  });

  test('has one digest for one list', async () => {
    const { digest } = await loaded('phone\n+2348030000101\n');
    expect((await loaded('mobile\n0803 000 0101\n')).digest).toBe(digest);
    expect((await loaded('phone\n+2348030000102\n')).digest).not.toBe(digest);
  });

  test('may hold numbers of every rate', async () => {
    expect(await findings('phone\n+33892123456\n')).toEqual([]);
  });

  test('that is missing stops', async () => {
    const result = await load(inMemory({}));
    expect(result).toMatchObject({
      kind: 'failed',
      diagnostics: [{ code: 'SOURCE_MISSING', args: { path: 'do-not-call.csv' }, at }],
    });
  });

  test.each([
    ['', 'SOURCE_EMPTY'],
    ['name,since\nAda,2026\n', 'SUPPRESSION_COLUMN'],
    ['phone,mobile\n1,2\n', 'SUPPRESSION_COLUMN'],
    ['phone\n"+234', 'SOURCE_QUOTES'],
    ['<html><body>Log in</body></html>\n', 'SOURCE_NOT_CSV'],
    ['null', 'SUPPRESSION_HEADER'],
    ['Ada 0803 000 0101\n+2348030000102\n', 'SUPPRESSION_HEADER'],
    ['+2348030000101 (Ada)\n+2348030000102\n', 'SUPPRESSION_HEADER'],
  ])('that reads %j stops with %s', async (content, code) => {
    expect(await findings(content)).toMatchObject([{ code, at }]);
  });

  test('stops at every entry that is no number', async () => {
    const content = 'phone,since\n+2348030000101,2026\n8030000102,2026\n,2026\n+2348030000103\n"+2348030000104",2026\n';
    expect(await findings(content)).toEqual([
      { code: 'SUPPRESSION_ENTRY', args: { path: 'do-not-call.csv', line: 3, reason: 'ROW_PHONE_LOST_ZERO' }, at },
      { code: 'SUPPRESSION_ENTRY', args: { path: 'do-not-call.csv', line: 4, reason: 'ROW_PHONE_MISSING' }, at },
      { code: 'SUPPRESSION_ENTRY', args: { path: 'do-not-call.csv', line: 5, reason: 'ROW_RAGGED' }, at },
    ]);
  });

  test('tells twenty entries one by one and counts the rest', async () => {
    const found = await findings(`phone\n${'080\n'.repeat(33)}`);
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toMatchObject({ code: 'SUPPRESSION_MORE', args: { more: 13 } });
  });

  test("does not take a row's country for its own", async () => {
    expect(await findings('phone\n08030000101\n', '{{country}}')).toMatchObject([
      { code: 'SUPPRESSION_ENTRY', args: { reason: 'ROW_PHONE_NO_COUNTRY' } },
    ]);
  });
});

test('a list knows when its file has changed', async () => {
  const files = inMemory({ '/clinic/do-not-call.csv': '+2348030000101\n' });
  const result = await load(files);
  if (result.kind === 'failed') throw new Error('not loaded');
  expect(await result.suppression.changed(files)).toBe(false);
  files.write('/clinic/do-not-call.csv', '+2348030000102\n');
  expect(await result.suppression.changed(files)).toBe(true);
  files.remove('/clinic/do-not-call.csv');
  expect(await result.suppression.changed(files)).toBe(true);
});
