import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import schema from '../../schema/campaign.schema.json' with { type: 'json' };
import { policies } from '../../src/campaign/policies.ts';

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
