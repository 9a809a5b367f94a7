import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../src/model/attempt.ts';
import { notesAt } from '../../src/campaign/schema-notes.ts';
import { schemas } from '../../src/campaign/schema.ts';
import type { Schema } from '../../src/campaign/schema.ts';
import { providerNames } from '../../src/providers/registry.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { campaign, clinic } from './clinic.ts';

/** A property, where it stands, and the schemas that its `allOf` and `$ref` bring in. */
type Property = { readonly path: string; readonly file: string; readonly schema: Schema };

const properties = Object.entries(schemas).flatMap(([file, schema]) => propertiesOf(file, schema, file));

describe('each property of a campaign file', () => {
  // The branches by provider repeat properties only to narrow them.
  const described = properties.filter(({ path }) => !/\/(?:if|then)\//.test(path));

  test('has a description', () => {
    expect(described.filter((one) => !says(one, 'description')).map(({ path }) => path)).toEqual([]);
  });

  test('has an example, or parts that have', () => {
    const lacking = described.filter(
      (one) => !says(one, 'examples') && !says(one, 'properties') && !says(one, 'const'),
    );
    const blocks = [
      'campaign.schema.json/properties/workflow',
      'campaign.schema.json/properties/use_case',
      'campaign.schema.json/properties/agent',
      'campaign.schema.json/properties/call',
      'campaign.schema.json/$defs/recipients/properties/variables',
      'campaign.schema.json/$defs/recipients/properties/suppress',
    ];
    const overlays = /overlay\/properties|\$defs\/(?:rendered|renderedScalar|lowered)\/properties\/file$/;
    expect(lacking.map(({ path }) => path).filter((path) => !overlays.test(path))).toEqual(blocks);
  });

  test('that may be left out says what holds then, where something does', () => {
    const numbers = described.filter(({ path }) => /\$defs\/(?:execution|guards)\/properties\/\w+$/.test(path));
    const silent = numbers.filter(
      (one) => !says(one, 'default') && !says(one, 'x-default') && !says(one, 'properties'),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('each example and default', () => {
  const ajv = new Ajv2020({ strict: false });
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);
  const samples = properties.flatMap(({ path, file, schema }) => {
    const { examples, default: fallback } = schema;
    const values = [...(Array.isArray(examples) ? examples : []), ...(fallback === undefined ? [] : [fallback])];
    return values.map((value: unknown) => [path, file, value] as const);
  });

  test.each(samples)('of %s is valid: %#', (path, file, value) => {
    const pointer = path.slice(file.length).replaceAll('$', '%24');
    expect(ajv.validate({ $ref: `${file}#${pointer}` }, value)).toBe(true);
  });
});

test('the defaults that the schema names are those that hold', () => {
  const { execution } = campaign(clinic);
  const said = (name: string): unknown =>
    properties.find(({ path }) => path.endsWith(`$defs/execution/properties/${name}`))?.schema['default'];
  expect(said('concurrency')).toBe(execution.concurrency);
  expect(said('batch_size')).toBe(execution.batchSize);
  expect(said('rate')).toBe('1/s');
  expect(said('max_call')).toBe('15m');
  const stopping = campaign(`${clinic}execution: {stop_when: {failed: 5%}}\n`).execution.stopWhen;
  expect(said('stop_when/properties/of_last')).toBe(stopping?.ofLast);
  expect(said('windows')).toMatchObject([{ from: '09:00', to: '19:00' }]);
});

test('the providers that the schema names are those that exist, each with its schema', () => {
  const type = properties.find(({ path }) => path === 'campaign.schema.json/properties/provider/properties/type');
  expect(type?.schema['enum']).toEqual(providerNames);
  const titles = providerNames.map((name) => schemas[findProvider(name)?.schema ?? '']?.['title']);
  expect(titles).toEqual(['IntronBlocks', 'HappyrobotBlocks', 'VoiceosBlocks', 'VocodeBlocks']);
});

test('statuses are mapped to outcomes that exist', () => {
  const statuses = properties.find(({ path }) => path.endsWith('/provider/properties/statuses'));
  expect(statuses?.schema['additionalProperties']).toEqual({ enum: outcomes });
});

describe('the schema says of a place', () => {
  test.each([
    [['workflow', 'message'], { template: 'lowered', secret: false }],
    [['workflow', 'name'], { template: 'literal' }],
    [['recipients', 'phone'], { template: 'rendered' }],
    [['recipients', 'variables', 'name'], { template: 'rendered' }],
    [['recipients', 'from', 0, 'csv'], { template: 'literal' }],
    [['call', 'tts_voice_accent'], { template: 'rendered' }],
    [['call', 'user_tag_identifiers', 'site'], { template: 'rendered' }],
    [['provider', 'api_key'], { secret: true }],
    [['provider', 'base_url'], { url: true }],
    [['workflow', 'option_one'], { allowsNull: true }],
    [['workflow', 'name'], { allowsNull: false }],
    [['nowhere', 'at', 'all'], { template: 'literal', secret: false, url: false, allowsNull: false }],
  ])('%j', (path, notes) => {
    expect(notesAt(path, 'intron')).toMatchObject(notes);
  });

  test('nothing of a provider that is not named', () => {
    expect(notesAt(['provider', 'api_key'], undefined).secret).toBe(false);
    expect(notesAt(['recipients', 'phone'], undefined).template).toBe('rendered');
  });
});

function propertiesOf(path: string, schema: unknown, file: string): readonly Property[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const found: Property[] = [];
  for (const [key, member] of Object.entries(schema)) {
    if (key === 'examples' || key === 'default') continue;
    if (key === 'properties') {
      for (const [name, property] of Object.entries(Object(member))) {
        found.push({ path: `${path}/properties/${name}`, file, schema: Object(property) });
      }
    }
    found.push(...propertiesOf(`${path}/${key}`, member, file));
  }
  return found;
}

function says({ schema, file }: Property, keyword: string): boolean {
  if (keyword in schema) return true;
  const parts: unknown[] = [schema, ...(Array.isArray(schema['allOf']) ? schema['allOf'] : [])];
  return parts.some((part) => {
    const reference: unknown = Object(part)['$ref'];
    if (typeof reference !== 'string') return false;
    const [name = '', pointer = ''] = reference.split('#');
    const target = name === '' ? file : name.replace('../', '');
    let found: unknown = schemas[target];
    for (const step of pointer.split('/').slice(1)) found = Object(found)[step];
    return says({ path: '', file: target, schema: Object(found) }, keyword);
  });
}
