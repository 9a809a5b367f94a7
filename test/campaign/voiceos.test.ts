import { describe, expect, test } from 'vitest';
import { notesAt } from '../../src/campaign/schema-notes.ts';
import { campaign, edited, found, read } from './clinic.ts';

const survey = `version: 1
campaign: renewal-survey
wave: "2026-11"
provider: {type: voiceos, api_key: "\${env.INTRON_API_KEY}"}
agent:
  prompt: Ask {{name}} three questions.
  voice: {provider: playht, model: susan}
  webhooks:
    - {events: [conversation:ended], url: "https://a.example", method: POST, headers: {x-token: "\${env.LIST}"}}
  metadata: {team: renewals}
recipients:
  from: [{csv: recipients.csv}]
  phone: "{{mobile}}"
  timezone: America/New_York
call: {from_number: "+15005550006"}
`;

test('keeps the texts of the agent as they are written, and its secrets by their names', () => {
  const { resource, secrets } = campaign(survey);
  expect(resource).toMatchObject({
    noun: 'agent',
    fields: {
      prompt: 'Ask {{name}} three questions.',
      webhooks: [{ headers: { 'x-token': { $secret: '${env.LIST}' } } }],
    },
  });
  expect(secrets.get('${env.LIST}')).toBe('monday');
});

describe('a survey may have', () => {
  test.each([
    ['a model that is new', 'provider: playht, model: susan', 'provider: playht, model: brand-new'],
    ['a voice of the SDK', 'provider: playht, model: susan', 'provider: elevenlabs, voice_id: v, stability: 0.4'],
    ['a voice of whom nobody knows', 'provider: playht, model: susan', 'provider: parrot, feathers: 7'],
    ['a credential that is none', 'model: susan', 'model: susan, credential_id: null'],
    ['no limit', '  metadata:', '  max_duration_seconds: null\n  metadata:'],
    ['an agent that waits', '  metadata:', '  initial_message: null\n  metadata:'],
    ['an event that is new', '[conversation:ended]', '[conversation:paused]'],
    ['a number by row', '"+15005550006"', '"{{line}}"'],
    [
      'an agent that is only used',
      survey.slice(survey.indexOf('agent:'), survey.indexOf('recipients:')),
      'agent: {id: agt_1}\n',
    ],
    ['endings by name', 'type: voiceos', 'type: voiceos, statuses: {"ended:unknown": failed, lost: failed}'],
  ])('%s', (_, part, by) => {
    expect(found(edited(survey, part, by))).toEqual([]);
  });
});

describe('a survey may not have', () => {
  test.each([
    ['no prompt', '  prompt: Ask {{name}} three questions.\n', '', 'KEY_MISSING agent.prompt'],
    ['no number to call from', '{from_number: "+15005550006"}', '{}', 'KEY_MISSING call.from_number'],
    ['no call at all', 'call: {from_number: "+15005550006"}\n', '', 'KEY_MISSING .call'],
    ['a number without its country', '"+15005550006"', '"5005550006"', 'VALUE_FORM call.from_number'],
    ['an agent by its id in a call', '{from_number', '{agent_id: a, from_number', 'KEY_REFUSED call.agent_id'],
    ['a name', '  metadata:', '  name: Robin\n  metadata:', 'KEY_UNKNOWN agent.name'],
    ['a member of another voice', 'model: susan', 'model: susan, stability: 0.4', 'KEY_UNKNOWN agent.voice.stability'],
    ['too fast a voice', 'model: susan', 'model: susan, speed: 6', 'VALUE_RANGE agent.voice.speed'],
    ['an entry of our name', '{team: renewals}', '{callplan: x}', 'KEY_NAME agent.metadata.callplan'],
    ['an entry that is a template', '{team: renewals}', '{team: "{{x}}"}', 'TEMPLATE_NOT_HERE agent.metadata.team'],
    ['a header written out', '"${env.LIST}"', 'plain', 'SECRET_WRITTEN agent.webhooks[0].headers.x-token'],
    ['another method', 'method: POST', 'method: PUT', 'VALUE_ENUM agent.webhooks[0].method'],
    [
      'an ending that is none',
      'type: voiceos',
      'type: voiceos, statuses: {"ended:odd": failed}',
      'KEY_NAME provider.statuses.ended:odd',
    ],
    ['a workflow', 'agent:\n', 'workflow: {}\nagent:\n', 'KEY_NAME .workflow'],
  ])('%s', (_, part, by, finding) => {
    const { diagnostics } = read(edited(survey, part, by));
    expect(diagnostics.map(({ code, args }) => `${code} ${placeOf(args)}`)).toEqual([finding]);
  });
});

test('an environment may say null where null means something', () => {
  const text = `${survey}environments: {quiet: {agent: {initial_message: null, max_duration_seconds: null}}}\n`;
  expect(campaign(text, { environment: 'quiet' }).resource.fields).toMatchObject({
    initial_message: null,
    max_duration_seconds: null,
  });
});

test('a number is suggested in quotes, as YAML would take it for one', () => {
  const { diagnostics } = read(edited(survey, '"+15005550006"', '"5005550006"'));
  expect(diagnostics).toMatchObject([{ args: { line: 'from_number: "+15005550006"' } }]);
});

test('the schema says where templates and secrets stand', () => {
  const notes = (...path: (string | number)[]) => notesAt(path, 'voiceos');
  expect(notes('agent', 'prompt').template).toBe('rendered');
  expect(notes('agent', 'initial_message')).toMatchObject({ template: 'rendered', allowsNull: true });
  expect(notes('agent', 'voice', 'model').template).toBe('literal');
  expect(notes('agent', 'webhooks', 0, 'headers', 'x-token').secret).toBe(true);
  expect(notes('agent', 'webhooks', 0, 'url').secret).toBe(false);
  expect(notes('call', 'from_number').template).toBe('rendered');
  expect(notes('provider', 'base_url').url).toBe(true);
});

function placeOf(args: object): string {
  const { path, key } = { path: '', key: undefined, ...args };
  return key === undefined ? path : `${path}.${String(key)}`;
}
