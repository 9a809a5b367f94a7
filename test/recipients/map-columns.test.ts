import { expect, test } from 'vitest';
import { compileTemplate } from '../../src/campaign/template/compile.ts';
import type { MappedColumn } from '../../src/model/source.ts';
import { mapColumns } from '../../src/recipients/map-columns.ts';

const at = { file: 'campaign.yaml', line: 12, col: 9 };

function renamed(column: string, from: string): MappedColumn {
  return { column, at, kind: 'column', from };
}

function rendered(column: string, source: string): MappedColumn {
  const compiled = compileTemplate(source, at, { constants: {}, locale: 'en' });
  if (compiled.kind === 'failed') throw new Error(JSON.stringify(compiled.diagnostics));
  return { column, at, kind: 'template', template: compiled.template };
}

test('a renamed column is known by its new name only; others stay', () => {
  const map = mapColumns([renamed('mobile', 'Phone Number')], ['id', 'Phone Number']);
  expect(map.columns).toEqual(['id', 'mobile']);
  expect(map.cellsOf({ id: 'A-1', 'Phone Number': '0803' })).toEqual({
    kind: 'cells',
    cells: { id: 'A-1', mobile: '0803' },
  });
});

test('a template sees the columns of its source, and a value is the same for all rows', () => {
  const country: MappedColumn = { column: 'country', at, kind: 'value', value: 'NG' };
  const map = mapColumns([rendered('name', '{{first}} {{last}}'), country], ['first', 'last']);
  expect(map.columns).toEqual(['first', 'last', 'name', 'country']);
  expect(map.cellsOf({ first: 'Ada', last: 'Obi' })).toEqual({
    kind: 'cells',
    cells: { first: 'Ada', last: 'Obi', name: 'Ada Obi', country: 'NG' },
  });
});

test('a row that lacks what a template needs has the reason for it', () => {
  const map = mapColumns([rendered('name', '{{first}} {{last}}')], ['first', 'last']);
  expect(map.cellsOf({ first: 'Ada' })).toEqual({
    kind: 'failed',
    reason: { code: 'ROW_VALUE_MISSING', column: 'last' },
  });
});

test('names that the source lacks, and names that would hide another column, are problems', () => {
  const hiding = renamed('name', 'first');
  const lost = renamed('mobile', 'phone');
  expect(mapColumns([hiding, lost], ['first', 'name']).problems).toEqual([
    { kind: 'unknown', name: 'phone', mapped: lost },
    { kind: 'twice', name: 'name', mapped: hiding },
  ]);
});

test('a column may be redefined from itself, and two may change places', () => {
  expect(mapColumns([rendered('name', '{{upper name}}')], ['name']).problems).toEqual([]);
  expect(mapColumns([renamed('a', 'b'), renamed('b', 'a')], ['a', 'b']).problems).toEqual([]);
});
