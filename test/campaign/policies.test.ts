import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import schema from '../../schema/campaign.schema.json' with { type: 'json' };
import { policies, readPolicy } from '../../src/campaign/policies.ts';

const names = readdirSync(join(import.meta.dirname, '../../data/policies')).map((file) => file.replace(/\.json$/, ''));

test('every policy pack is a file of its name, known to the schema and to the program', () => {
  expect(names.length).toBeGreaterThan(0);
  expect([...policies.keys()].toSorted()).toEqual(names.toSorted());
  expect(schema.$defs.execution.properties.policy.enum.toSorted()).toEqual(names.toSorted());
  for (const [name, policy] of policies) expect(policy.name).toBe(name);
});

test('every demand of a policy pack says where it stands', () => {
  for (const { citations } of policies.values()) {
    expect(citations.length).toBeGreaterThan(0);
    for (const { url } of citations) expect(url).toMatch(/^https:\/\//);
  }
});

test('the federal rules of the United States allow calls from 8:00 to 21:00 on every day, to who agreed', () => {
  expect(policies.get('us-federal@1')).toMatchObject({
    consent: true,
    windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 480, toMinute: 1260 }],
  });
});

test('a policy pack may cap the calls to one person', () => {
  const pack = {
    name: 'lagos@1',
    title: 'Calls in Lagos',
    windows: [{ days: ['mon'], from: '10:00', to: '16:00' }],
    consent: false,
    citations: [],
  };
  expect(readPolicy(pack)).not.toHaveProperty('perPerson');
  const perPerson = [
    { calls: 1, per: '24h' },
    { calls: 5, per: '30d', in: 'campaign' as const },
  ];
  expect(readPolicy({ ...pack, per_person: perPerson })).toEqual({
    ...pack,
    windows: [{ days: ['mon'], fromMinute: 600, toMinute: 960 }],
    perPerson: [
      { calls: 1, perMs: 86_400_000, in: 'store' },
      { calls: 5, perMs: 2_592_000_000, in: 'campaign' },
    ],
  });
});
