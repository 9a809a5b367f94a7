import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/model/source.ts';
import { campaign, clinic, edited, read } from './clinic.ts';

/** The clinic's campaign with another source. */
function from(source: string): string {
  return edited(clinic, '[{csv: recipients.csv}]', `[${source}]`);
}

function resolved(source: string, env?: Record<string, string>): Source | undefined {
  return campaign(from(source), env === undefined ? {} : { env }).recipients.sources[0];
}

describe('a source', () => {
  test.each(['tsv', 'json', 'jsonl', 'xlsx'])('may be a %s file beside the campaign', (kind) => {
    expect(resolved(`{${kind}: list.${kind}}`)).toMatchObject({
      kind,
      path: `/clinic/list.${kind}`,
      file: `list.${kind}`,
    });
  });

  test('says where in a file its rows are', () => {
    expect(resolved('{json: a.json, at: data.items}')).toMatchObject({ items: ['data', 'items'] });
    expect(resolved('{xlsx: a.xlsx, sheet: Patients}')).toMatchObject({ sheet: 'Patients' });
  });

  test('with an address is shown without its query, and keeps its headers as they are written', () => {
    const env = { INTRON_API_KEY: 'k', TOKEN: 'of-the-list' };
    const source =
      '{csv: "https://lists.test/a.csv?day=1", headers: {Authorization: "Bearer ${env.TOKEN}", accept: text/csv}}';
    const whole = campaign(from(source), { env });
    expect(whole.recipients.sources[0]).toMatchObject({
      file: 'https://lists.test/a.csv',
      address: {
        url: 'https://lists.test/a.csv?day=1',
        headers: { authorization: 'Bearer ${env.TOKEN}', accept: 'text/csv' },
      },
    });
    expect(whole.secrets.get('Bearer ${env.TOKEN}')).toBe('Bearer of-the-list');
  });

  test('may be a database whose address is a secret, or a file beside the campaign', () => {
    const env = { INTRON_API_KEY: 'k', CLINIC_DB: 'postgres://clinic:secret@db/clinic' };
    const whole = campaign(from('{sql: "${env.CLINIC_DB}", query: select 1}'), { env });
    expect(whole.recipients.sources[0]).toMatchObject({
      kind: 'sql',
      database: '${env.CLINIC_DB}',
      file: '${env.CLINIC_DB}',
      query: { kind: 'text', text: 'select 1' },
    });
    expect(whole.secrets.get('${env.CLINIC_DB}')).toBe(env.CLINIC_DB);
    expect(resolved('{sql: clinic.db, query: {file: due.sql}}')).toMatchObject({
      database: 'clinic.db',
      folder: '/clinic',
      query: { kind: 'file', path: '/clinic/due.sql', file: 'due.sql' },
    });
  });

  test('whose credential is not set leaves a secret open', () => {
    const built = read(from('{sql: "${env.CLINIC_DB}", query: select 1}'));
    expect(built.diagnostics).toEqual([]);
    expect(built.missingSecrets).toEqual(['CLINIC_DB']);
  });

  test('has a map of names, templates and values, in the order of the file', () => {
    expect(
      resolved('{csv: a.csv, map: {mobile: Phone, name: "{{first}} {{last}}", country: {value: NG}}}'),
    ).toMatchObject({
      map: [
        { column: 'mobile', kind: 'column', from: 'Phone' },
        { column: 'name', kind: 'template', template: { uses: ['first', 'last'] } },
        { column: 'country', kind: 'value', value: 'NG' },
      ],
    });
  });

  test('has conditions on its rows, as they are written', () => {
    expect(
      resolved(
        '{csv: a.csv, only: {consent: "yes", age: 1.50, ward: {in: [A, 2]}, status: {not: done}, visit: {after: "2026-11-23", before: "2026-11-30T10:00Z"}}}',
      )?.only,
    ).toMatchObject([
      { column: 'consent', kind: 'in', values: ['yes'] },
      { column: 'age', kind: 'in', values: ['1.50'] },
      { column: 'ward', kind: 'in', values: ['A', '2'] },
      { column: 'status', kind: 'not', values: ['done'] },
      { column: 'visit', kind: 'after', limit: '2026-11-23' },
      { column: 'visit', kind: 'before', limit: '2026-11-30T10:00Z' },
    ]);
  });
});

test('the schema of rows stands beside the campaign', () => {
  const text = edited(clinic, '  timezone', '  rows_schema: row.schema.json\n  timezone');
  expect(campaign(text).recipients.rowsSchema).toMatchObject({
    path: '/clinic/row.schema.json',
    file: 'row.schema.json',
  });
});

test.each([
  ['today.xlsx', 'xlsx'],
  ['today.JSONL', 'jsonl'],
  ['today.txt', 'csv'],
])('--recipients %s is read as %s', (recipientsFile, kind) => {
  expect(campaign(clinic, { recipientsFile }).recipients.sources).toMatchObject([{ kind }]);
});

test.each([
  ['{xlsx: a.xlsx, delimiter: ";"}', 'SOURCE_OPTION', { key: 'delimiter', kind: 'xlsx' }],
  ['{csv: a.csv, headers: {accept: text/csv}}', 'SOURCE_OPTION', { key: 'headers', kind: 'path' }],
  ['{rows: [{mobile: "1"}], query: select 1}', 'SOURCE_OPTION', { key: 'query', kind: 'rows' }],
  ['{tsv: a.tsv, json: a.json}', 'SOURCE_KIND', { found: 'both' }],
  ['{sql: clinic.db}', 'KEY_MISSING', { key: 'query' }],
  ['{csv: "http://lists.test/a.csv"}', 'URL_INSECURE', { host: 'lists.test' }],
  ['{csv: "https://ada:secret@lists.test/a.csv"}', 'URL_INVALID', { problem: 'it holds a user or a password' }],
  ['{csv: "https://lists.test/a.csv#b"}', 'URL_INVALID', { problem: 'it holds a fragment' }],
  ['{csv: "https://"}', 'URL_INVALID', { problem: 'it is not a URL' }],
  [
    '{sql: clinic.db, query: select id, mobile from visits}',
    'KEY_UNKNOWN',
    { key: 'mobile from visits', isRest: true },
  ],
  ['{csv: "ftp://lists.test/a.csv"}', 'URL_INVALID', { problem: 'it begins with ftp:' }],
  ['{xlsx: "S3://lists/a.xlsx"}', 'URL_INVALID', { problem: 'it begins with s3:' }],
  ['{sql: "mysql://db/clinic", query: select 1}', 'URL_INVALID', { problem: 'it begins with mysql:' }],
  [
    '{sql: "postgres://clinic:secret@db/clinic", query: select 1}',
    'SECRET_WRITTEN',
    { path: 'recipients.from[0].sql' },
  ],
  ['{csv: "https://lists.test/a", headers: {X-Api-Key: abc}}', 'SECRET_WRITTEN', {}],
  ['{csv: a.csv, map: {name: "{{#if}}"}}', 'TEMPLATE_SYNTAX', {}],
  ['{csv: a.csv, map: {name: {value: "{{x}}"}}}', 'TEMPLATE_NOT_HERE', {}],
  ['{csv: a.csv, only: {visit: {after: tomorrow}}}', 'VALUE_FORM', {}],
  ['{csv: a.csv, only: {visit: {after: "2026-02-30"}}}', 'VALUE_FORM', {}],
  ['{csv: a.csv, only: {visit: {since: "2026-02-20"}}}', 'KEY_UNKNOWN', { key: 'since' }],
  [
    '{csv: a.csv, only: {visit: {after: "2026-12-05", before: "2026-12-01"}}}',
    'FILTER_EMPTY',
    { column: 'visit', after: '2026-12-05', before: '2026-12-01' },
  ],
  ['{csv: a.csv, only: {visit: {after: "2026-11-30", before: "2026-12-01"}}}', 'FILTER_EMPTY', {}],
  ['{csv: a.csv, only: {visit: {before: "2026-11-30T09:00", after: "2026-11-30T09:00"}}}', 'FILTER_EMPTY', {}],
  ['{csv: a.csv, only: {visit: {after: "2026-11-30T09:00Z", before: "2026-11-30T10:00+01:00"}}}', 'FILTER_EMPTY', {}],
  ['{csv: "https://lists.test/a", sha256: abc}', 'VALUE_FORM', {}],
])('%s is found wrong: %s', (source, code, args) => {
  expect(read(from(source)).diagnostics).toMatchObject([{ code, args }]);
});

test('a condition stands where its column is named', () => {
  const text = from('{csv: a.csv, only: {ward: {in: [A]}}}');
  const [condition] = campaign(text).recipients.sources[0]?.only ?? [];
  const { line = 0, col = 0 } = condition?.at ?? {};
  expect(text.split('\n')[line - 1]?.slice(col - 1)).toMatch(/^ward: /);
});

test('no finding tells a secret that stands in the file', () => {
  for (const source of [
    '{sql: "postgres://clinic:swordfish@db/x", query: q}',
    '{csv: "https://a:swordfish@lists.test/a"}',
  ]) {
    expect(JSON.stringify(read(from(source)).diagnostics)).not.toContain('swordfish');
  }
});
