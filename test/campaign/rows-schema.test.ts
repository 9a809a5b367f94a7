import { expect, test } from 'vitest';
import { compileRowsSchema } from '../../src/campaign/rows-schema.ts';

const schema = JSON.stringify({
  type: 'object',
  required: ['id', 'visit'],
  properties: {
    id: { pattern: '^A-\\d+$' },
    age: { type: 'integer', minimum: 18 },
    visit: { type: 'string', format: 'date-time' },
    born: { type: 'string', format: 'date' },
    ward: { enum: ['A', 'B'] },
  },
  additionalProperties: false,
});

test.each([
  [{ id: 'A-1', visit: '2026-11-24T10:30' }, undefined],
  [{ id: 'A-1', visit: '2026-11-24T10:30', age: '18', born: '1990-02-28', ward: ' ' }, undefined],
  [
    { id: 'B-1', visit: '2026-11-24T10:30' },
    { column: 'id', detail: 'must match pattern "^A-\\d+$"' },
  ],
  [
    { id: 'A-1', visit: ' ' },
    { column: 'visit', detail: 'it must be there' },
  ],
  [
    { id: 'A-1', visit: '2026-11-24' },
    { column: 'visit', detail: 'must match format "date-time"' },
  ],
  [
    { id: 'A-1', visit: '2026-11-24T10:30', born: '1990-02-30' },
    { column: 'born', detail: 'must match format "date"' },
  ],
  [
    { id: 'A-1', visit: '2026-11-24T10:30', age: '17' },
    { column: 'age', detail: 'must be >= 18' },
  ],
  [
    { id: 'A-1', visit: '2026-11-24T10:30', age: 'old' },
    { column: 'age', detail: 'must be integer' },
  ],
  [{ id: 'A-1', visit: '2026-11-24T10:30', ward: 'C' }, { column: 'ward' }],
  [{ id: 'A-1', visit: '2026-11-24T10:30', note: 'x' }, { column: 'note' }],
])('of the row %j it says %j', (row, reason) => {
  const compiled = compileRowsSchema(schema);
  const found = compiled.kind === 'schema' ? compiled.check(row) : compiled;
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject({ code: 'ROW_SCHEMA', ...reason });
});

test('it never tells the value', () => {
  const compiled = compileRowsSchema(JSON.stringify({ properties: { name: { type: 'integer' }, id: { const: 'A' } } }));
  expect(
    compiled.kind === 'schema' && JSON.stringify([compiled.check({ name: 'Ada' }), compiled.check({ id: 'Obi' })]),
  ).not.toMatch(/Ada|Obi/);
});

test.each([
  ['{', /JSON/],
  ['7', /no object/],
  ['{"type": "objct"}', /type/],
  ['{"requird": ["id"]}', /unknown keyword: "requird"/],
  ['{"properties": {"mail": {"format": "email"}}}', /unknown format "email"/],
  ['{"$ref": "other.json"}', /other.json/],
])('%s is refused', (text, problem) => {
  expect(compileRowsSchema(text)).toEqual({ kind: 'failed', problem: expect.stringMatching(problem) as unknown });
});
