import { describe, expect, test } from 'vitest';
import { checkNames } from '../../src/campaign/check-names.ts';
import { campaign, clinic, edited, spot } from './clinic.ts';

const text = edited(
  clinic,
  'version: 1\n',
  'version: 1\nvariables: {clinic: Garki}\ncall: {user_tag_identifiers: {ward: "{{ward}}"}}\n',
).replace('  timezone', '  variables:\n    name: "{{first_name}}"\n    time: "{{upper time}}"\n  timezone');

const columns = ['mobile', 'first_name', 'time', 'ward'];

function found(names: readonly string[], reserved: readonly string[] = []): readonly string[] {
  return checkNames(campaign(text), names, reserved).map(spot);
}

describe('names in templates', () => {
  test('that columns, constants and recipient variables bring are fine', () => {
    expect(found(columns)).toEqual([]);
  });

  test('that nothing brings stand where they are used, with the one that was meant', () => {
    const findings = checkNames(campaign(text), ['mobile', 'first_nme', 'time', 'ward']);
    expect(findings).toMatchObject([
      {
        code: 'NAME_UNKNOWN',
        args: { name: 'first_name', meant: 'first_nme', known: ['mobile', 'first_nme', 'time', 'ward', 'clinic'] },
        at: { line: 17, col: 14, endCol: 24 },
      },
    ]);
  });

  test('of recipients do not see recipient variables', () => {
    const other = edited(text, '"{{mobile}}"', '"{{name}}"');
    expect(checkNames(campaign(other), columns).map(spot)).toEqual(['15:13 NAME_UNKNOWN']);
  });

  test('with spaces are found in brackets', () => {
    const other = edited(text, '{{first_name}}', '{{[First Name]}}');
    expect(checkNames(campaign(other), [...columns, 'First Name'])).toEqual([]);
    expect(checkNames(campaign(other), columns).map(spot)).toEqual(['17:15 NAME_UNKNOWN']);
  });

  test('used twice in one place are told once', () => {
    const other = edited(text, '{{first_name}}', '{{default first_name first_name}}');
    expect(checkNames(campaign(other), ['mobile', 'time', 'ward']).map(spot)).toEqual(['17:22 NAME_UNKNOWN']);
  });
});

describe('a name that means two things is a finding', () => {
  test('as column and constant', () => {
    expect(found([...columns, 'clinic'])).toEqual(['14:16 NAME_TWICE']);
  });

  test('as column and recipient variable', () => {
    expect(found([...columns, 'name'])).toEqual(['17:11 NAME_TWICE']);
  });

  test('but not where a recipient variable redefines its own column', () => {
    expect(found(columns)).toEqual([]);
  });
});

test('a campaign whose recipients come from nowhere yet has its names told at the block', () => {
  const read = campaign(text);
  const elsewhere = { ...read, recipients: { ...read.recipients, sources: [] } };
  expect(checkNames(elsewhere, [...columns, 'clinic']).map(spot)).toEqual(['13:1 NAME_TWICE']);
});

test('a column that the provider fills cannot be sent', () => {
  const other = edited(text, 'see you at {{time}}', 'we call {{phone_number}} at {{time}}');
  const findings = checkNames(campaign(other), [...columns, 'phone_number'], ['phone_number']);
  expect(findings.map(spot)).toEqual(['12:38 NAME_RESERVED']);
  expect(found([...columns, 'phone_number'], ['phone_number'])).toEqual([]);
  const read = campaign(other);
  const nested = {
    ...read,
    nameUses: [],
    resource: { ...read.resource, fields: { steps: [read.resource.fields ?? {}] } },
  };
  expect(checkNames(nested, ['phone_number'], ['phone_number'])).toMatchObject([
    { code: 'NAME_RESERVED', at: read.resource.at },
  ]);
  const { fields: _, ...used } = read.resource;
  expect(checkNames({ ...read, nameUses: [], resource: used }, ['phone_number'], ['phone_number'])).toEqual([]);
});
