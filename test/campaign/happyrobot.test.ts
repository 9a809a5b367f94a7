import { describe, expect, test } from 'vitest';
import { notesAt } from '../../src/campaign/schema-notes.ts';
import { campaign, edited, found, read } from './clinic.ts';

const env = { HAPPYROBOT_API_KEY: 'key-of-the-broker', HOOK_SECRET: 'shh' };
const freight = `version: 1
campaign: freight-check-calls
wave: "2026-11-24"
provider:
  type: happyrobot
  api_key: \${env.HAPPYROBOT_API_KEY}
use_case:
  id: 65f2c01e9a4b7d3308e1f6c2
recipients:
  from: [{csv: loads.csv}]
  phone: "{{cell}}"
  timezone: America/Chicago
call:
  number_id: 65f2c01e9a4b7d3308e1f6d1
`;

describe('what a HappyRobot campaign may say', () => {
  test.each([
    [['call', 'params', 'driver'], { template: 'rendered' }],
    [['call', 'params', 'load', 'stops', 0, 'city'], { template: 'rendered', allowsNull: true }],
    [['call', 'metadata', 'load'], { template: 'rendered' }],
    [['call', 'scheduled_for'], { template: 'rendered' }],
    [['use_case', 'generic_after_hours_message'], { template: 'literal', allowsNull: true }],
    [['use_case', 'hooks', 0, 'headers', 0, 'value'], { secret: true }],
    [['use_case', 'hook', 'headers', 0, 'value'], { secret: true }],
    [['use_case', 'hook', 'headers', 0, 'key'], { secret: false }],
  ])('%j', (path, notes) => {
    expect(notesAt(path, 'happyrobot')).toMatchObject(notes);
  });

  test('is a use case by its id, and a number to call from', () => {
    const { resource } = campaign(freight, { env });
    expect(resource).toMatchObject({ noun: 'use_case', id: '65f2c01e9a4b7d3308e1f6c2' });
    expect(resource).not.toHaveProperty('fields');
  });

  test('is a hook with a secret, in the form of either generation', () => {
    const hook = '{url: https://freight.example/hook, headers: [{key: x-secret, value: "${env.HOOK_SECRET}"}]}';
    const hooked = edited(freight, 'f6c2\n', `f6c2\n  hook: ${hook}\n`);
    expect(campaign(hooked, { env }).resource.fields).toEqual({
      hook: {
        url: 'https://freight.example/hook',
        headers: [{ key: 'x-secret', value: { $secret: '${env.HOOK_SECRET}' } }],
      },
    });
    expect(found(edited(hooked, '  hook:', '  hooks: []\n  hook:'), { env })).toEqual(['10:9 KEY_REFUSED']);
    expect(found(edited(hooked, '${env.HOOK_SECRET}', 'shh'), { env })).toContain('9:78 SECRET_WRITTEN');
  });

  test.each([
    ['no use case', 'use_case:\n  id: 65f2c01e9a4b7d3308e1f6c2\n', '', ['1:1 KEY_MISSING']],
    ['a use case without an id', 'id: 65f2c01e9a4b7d3308e1f6c2', 'name: Check call', ['7:1 KEY_MISSING']],
    ['an id of another form', '65f2c01e9a4b7d3308e1f6c2', '550e8400-e29b-41d4-a716-446655440000', ['8:7 VALUE_FORM']],
    ['a workflow', 'use_case:', 'workflow: {}\nuse_case:', ['7:1 KEY_NAME']],
    ['a message under a workflow', 'use_case:', 'workflow: {message: "Hello {{cell}}"}\nuse_case:', ['7:1 KEY_NAME']],
    ['who is called, by a template', 'f6d1\n', 'f6d1\n  phone_number: "{{cell}}"\n', ['15:3 KEY_REFUSED']],
    ['what HappyRobot sets', 'f6c2\n', 'f6c2\n  organization_id: o-1\n', ['9:3 KEY_REFUSED']],
    ['a template in a use case', 'f6c2\n', 'f6c2\n  name: "Call {{cell}}"\n', ['9:9 TEMPLATE_NOT_HERE']],
    ['no number to call from', 'number_id: 65f2c01e9a4b7d3308e1f6d1', 'language: en-US', ['13:1 KEY_MISSING']],
    ['no call', 'call:\n  number_id: 65f2c01e9a4b7d3308e1f6d1\n', '', ['1:1 KEY_MISSING']],
    ['who is called', 'f6d1\n', 'f6d1\n  phone_number: "+13125550101"\n', ['15:3 KEY_REFUSED']],
    ['a language of nobody', 'f6d1\n', 'f6d1\n  language: fr-CA\n', ['15:13 VALUE_ENUM']],
    ['a time without an offset', 'f6d1\n', 'f6d1\n  scheduled_for: "2026-11-24T10:00"\n', ['15:18 VALUE_FORM']],
    ['our reference', 'f6d1\n', 'f6d1\n  metadata: {callplan_ref: mine}\n', ['15:14 KEY_NAME']],
    ['another way to dial', 'type: happyrobot', 'type: happyrobot\n  dialling: bulk', ['6:13 VALUE_ENUM']],
  ])('is not %s', (_, part, by, findings) => {
    expect(found(edited(freight, part, by), { env })).toEqual(findings);
  });

  test('shows an example in quotes where YAML would take it for a map', () => {
    const [finding] = read(edited(freight, 'f6d1\n', 'f6d1\n  max_duration_mins: "6"\n'), { env }).diagnostics;
    expect(finding).toMatchObject({ code: 'VALUE_FORM', args: { line: 'max_duration_mins: "{{minutes}}"' } });
  });
});
