import { describe, expect, test } from 'vitest';
import { campaign, clinic, edited } from './clinic.ts';

/** The example of the README: everything that a campaign can say. */
const whole = `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
description: Day-before appointment reminders
provider:
  type: intron
  api_key: \${env.INTRON_API_KEY}
  statuses: {TIMEOUT: no_answer}
workflow:
  id: wf-1
  name: Clinic reminder
  workflow_type: ROBOCALL
  message: >-
    Hello {{patient_name}}, this is {{clinic}}. Your appointment is on {{date}}.
    Press 1 to confirm, 2 to cancel.
  include_reply: true
  option_one: Confirm
  option_two: null
variables: {clinic: Garki Hospital, ward: 7, urgent: false}
locale: en-NG
recipients:
  from:
    - csv: lists/recipients.csv
      delimiter: ";"
      encoding: windows-1252
    - rows:
        - {mobile: "+2348031234567", visits: 2, price: 1.50, member: true}
  id: "{{appointment_id}}"
  phone: "{{mobile}}"
  country: NG
  timezone: Africa/Lagos
  not_before: "{{released}}"
  not_after: "{{appointment}}"
  consent: "yes"
  same_phone: call_each
  variables:
    patient_name: "{{first_name}} {{last_name}}"
    date: {file: date.hbs}
    ward_number: 12
  suppress:
    - csv: /lists/do-not-call.csv
  max_invalid: 1.5%
call:
  tts_voice_accent: "{{accent}}"
  tts_voice_gender: female
  user_tag_identifiers: {customer id: "{{patient_id}}", site: 4}
execution:
  concurrency: 50
  rate: 30/m
  batch_size: 50
  windows:
    - {days: [fri, mon], from: "09:00", to: "18:00"}
    - {from: "22:00", to: "02:00"}
    - {from: "20:00", to: "00:00"}
    - {from: "00:00", to: "24:00"}
  attempts:
    max: 3
    retry: {no_answer: [30m, 2h], busy: [90s]}
  per_person: {calls: 3, per: 24h}
  follow_up: {every: 30s, for: 3h}
  look_up: {settle: 10m}
  max_call: 20m
  start_at: 2026-11-24T09:00+01:00
  end_at: 2026-11-27T18:00:00Z
  expire_after: 72h
  holidays: [2026-12-26, 2026-12-25]
  policy: us-federal@1
guards:
  max_recipients: 500
  max_new_recipients: 0
`;
const files = { 'date.hbs': "{{formatDate appointment 'd MMMM'}}\n" };

describe('a file that says everything', () => {
  const read = campaign(whole, { files });

  test('keeps the resource as fields, with its texts lowered and its constants folded in', () => {
    expect(read.resource).toMatchObject({
      noun: 'workflow',
      id: 'wf-1',
      fields: {
        name: 'Clinic reminder',
        workflow_type: 'ROBOCALL',
        message: {
          $text: [
            'Hello ',
            { variable: 'patient_name' },
            ', this is Garki Hospital. Your appointment is on ',
            { variable: 'date' },
            '. Press 1 to confirm, 2 to cancel.',
          ],
        },
        include_reply: true,
        option_one: 'Confirm',
        option_two: null,
      },
    });
    expect(read.resource.fields).not.toHaveProperty('id');
    expect(read.resource.places['message']).toMatchObject({ line: 13, col: 3 });
  });

  test('keeps the options of the provider, without its type and credential', () => {
    expect(read.provider).toMatchObject({
      type: 'intron',
      options: { statuses: { TIMEOUT: 'no_answer' } },
      credential: '${env.INTRON_API_KEY}',
    });
  });

  test('compiles what is rendered in calls, and leaves the rest', () => {
    expect(read.call.entries).toMatchObject({
      tts_voice_accent: { kind: 'template', template: { source: '{{accent}}' } },
      tts_voice_gender: { kind: 'literal', value: 'female' },
      user_tag_identifiers: {
        kind: 'map',
        entries: {
          'customer id': { kind: 'template', template: { source: '{{patient_id}}' } },
          site: { kind: 'literal', value: 4 },
        },
      },
    });
  });

  test('finds its recipients from the folder of the file', () => {
    expect(read.recipients.sources).toMatchObject([
      {
        kind: 'csv',
        path: '/clinic/lists/recipients.csv',
        file: 'lists/recipients.csv',
        delimiter: ';',
        encoding: 'windows-1252',
      },
      { kind: 'rows', rows: [{ cells: { mobile: '+2348031234567', visits: '2', price: '1.50', member: 'true' } }] },
    ]);
    expect(read.recipients.suppress).toMatchObject([
      { path: '/lists/do-not-call.csv', file: '/lists/do-not-call.csv' },
    ]);
  });

  test('compiles the templates of recipients', () => {
    const { id, phone, country, timezone, notBefore, notAfter, variables, samePhone, maxInvalid } = read.recipients;
    const sources = [id, phone, country, timezone, notBefore, notAfter].map((template) => template?.source);
    expect(sources).toEqual([
      '{{appointment_id}}',
      '{{mobile}}',
      'NG',
      'Africa/Lagos',
      '{{released}}',
      '{{appointment}}',
    ]);
    expect(variables['date']).toMatchObject({
      source: "{{formatDate appointment 'd MMMM'}}",
      at: { file: 'date.hbs', line: 1, col: 1 },
    });
    expect(variables['ward_number']?.source).toBe('12');
    expect(samePhone).toBe('call_each');
    expect(maxInvalid).toEqual({ kind: 'percent', percent: 1.5 });
  });

  test('turns times into milliseconds and minutes', () => {
    expect(read.execution).toEqual({
      concurrency: 50,
      rate: { calls: 30, perMs: 60_000 },
      batchSize: 50,
      windows: [
        { days: ['mon', 'fri'], fromMinute: 540, toMinute: 1080 },
        { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 1320, toMinute: 120 },
        { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 1200, toMinute: 1440 },
        { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 0, toMinute: 1440 },
      ],
      attempts: { max: 3, retry: { no_answer: [1_800_000, 7_200_000], busy: [90_000] } },
      perPerson: [{ calls: 3, perMs: 86_400_000, in: 'store' }],
      followUp: { everyMs: 30_000, forMs: 10_800_000 },
      lookUp: { settleMs: 600_000 },
      startAtMs: Date.parse('2026-11-24T08:00Z'),
      endAtMs: Date.parse('2026-11-27T18:00Z'),
      expireAfterMs: 72 * 3_600_000,
      holidays: ['2026-12-25', '2026-12-26'].map((day) => Date.parse(day) / 86_400_000),
      policy: expect.objectContaining({ name: 'us-federal@1', consent: true }) as unknown,
      maxCallMs: 1_200_000,
    });
    expect(read.guards).toMatchObject({
      maxRecipients: 500,
      maxNewRecipients: 0,
      places: { max_recipients: { line: expect.any(Number) }, max_new_recipients: { line: expect.any(Number) } },
    });
  });

  test('lists the names that its templates use, where they stand and what they may see', () => {
    const uses = read.nameUses.map(
      ({ name, scope, at }) => `${name} ${scope} ${at.file}:${String(at.line)}:${String(at.col)}`,
    );
    expect(uses).toEqual([
      'patient_name all campaign.yaml:14:13',
      'clinic all campaign.yaml:14:39',
      'date all campaign.yaml:14:74',
      'appointment_id row campaign.yaml:28:10',
      'mobile row campaign.yaml:29:13',
      'released row campaign.yaml:32:18',
      'appointment row campaign.yaml:33:17',
      'first_name row campaign.yaml:37:22',
      'last_name row campaign.yaml:37:37',
      'appointment row date.hbs:1:14',
      'accent all campaign.yaml:44:24',
      'patient_id all campaign.yaml:46:42',
    ]);
  });
});

describe('a file that says little', () => {
  const little = campaign(clinic);

  test('gets the defaults of callplan and of the provider', () => {
    expect(little).toMatchObject({
      address: { campaign: 'clinic-reminders', environment: 'default' },
      locale: 'en',
      variables: {},
      call: { kind: 'map', entries: {} },
      guards: {},
      recipients: { samePhone: 'report', variables: {}, suppress: [], maxInvalid: { kind: 'rows', rows: 0 } },
      execution: {
        concurrency: 10,
        rate: { calls: 1, perMs: 1000 },
        batchSize: 1,
        windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], fromMinute: 540, toMinute: 1140 }],
        attempts: { max: 1, retry: {} },
        followUp: { everyMs: 15_000, forMs: 7_200_000 },
        lookUp: { settleMs: 300_000 },
        maxCallMs: 900_000,
      },
    });
    expect(little.execution).not.toHaveProperty('perPerson');
    expect(little).not.toHaveProperty('description');
  });

  test('names no fields where it names an id alone', () => {
    const { resource } = campaign(clinic.replace(/workflow:\n(?: {2}.*\n)+/, 'workflow: {id: wf-1}\n'));
    expect(resource).toMatchObject({ noun: 'workflow', id: 'wf-1', places: {} });
    expect(resource).not.toHaveProperty('fields');
  });

  test('takes its recipients from another file, and its wave from the command line', () => {
    const other = campaign(clinic, { recipientsFile: 'lists/today.csv', wave: 'w2' });
    expect(other.recipients.sources).toMatchObject([
      { kind: 'csv', path: '/lists/today.csv', file: 'lists/today.csv' },
    ]);
    expect(other.wave).toBe('w2');
  });

  test('may leave the wave to the command line, and the list of recipients', () => {
    const bare = clinic.replace('wave: "2026-11-24"\n', '').replace(/ {2}from:.*\n/, '');
    const other = campaign(bare, { recipientsFile: 'today.csv', wave: 'w2' });
    expect(other).toMatchObject({ wave: 'w2', recipients: { sources: [{ file: 'today.csv' }] } });
  });

  test('may call at all hours, and then needs no zone', () => {
    const text = edited(clinic, '\n  timezone: Africa/Lagos', '') + 'execution: {windows: always}\n';
    expect(campaign(text).execution.windows).toBe('always');
  });

  test('may allow some invalid rows', () => {
    const text = edited(clinic, '  timezone', '  max_invalid: 5\n  timezone');
    expect(campaign(text).recipients.maxInvalid).toEqual({ kind: 'rows', rows: 5 });
  });
});

describe('what a reviewer approved', () => {
  const { definitionDigest: digest } = campaign(whole, { files });
  const of = (part: string, by: string): string => campaign(edited(whole, part, by), { files }).definitionDigest;

  test.each([
    ['the wave', '"2026-11-24"', '"2026-11-25"'],
    ['who is called', '"+2348031234567"', '"+2348031234568"'],
    ['where they are listed', 'lists/recipients.csv', 'lists/others.csv'],
    ['who is suppressed', '/lists/do-not-call.csv', '/lists/more.csv'],
    ['guards', 'max_recipients: 500', 'max_recipients: 600'],
    ['the description of the file', 'Day-before appointment', 'Appointment'],
    ['white space', 'locale: en-NG', 'locale:   en-NG # English'],
  ])('stays the same with another of %s', (_what, part, by) => {
    expect(of(part, by)).toBe(digest);
  });

  test.each([
    ['the message', 'Hello {{patient_name}}', 'Dear {{patient_name}}'],
    ['a constant in it', 'Garki Hospital', 'Wuse Hospital'],
    ['a variable', '{{first_name}} {{last_name}}', '{{last_name}}'],
    ['who is called about', '{{appointment_id}}', '{{patient_id}}-{{appointment_id}}'],
    ['a call option', 'tts_voice_gender: female', 'tts_voice_gender: male'],
    ['a call template', '"{{accent}}"', '"{{lower accent}}"'],
    ['how fast', 'rate: 30/m', 'rate: 31/m'],
    ['when', 'from: "22:00"', 'from: "21:00"'],
    ['how often', 'max: 3', 'max: 2'],
    ['the language', 'locale: en-NG', 'locale: en'],
    ['how statuses are read', 'TIMEOUT: no_answer', 'TIMEOUT: failed'],
  ])('changes with %s', (_what, part, by) => {
    expect(of(part, by)).not.toBe(digest);
  });
});

test('the provider has its say about the fields', () => {
  const mark = '[callplan:1 clinic-reminders/default sha256:0123456789abcdef store:01234567]';
  const text = edited(clinic, 'name: Clinic reminder', `name: Clinic reminder\n  description: "${mark}"`);
  expect(() => campaign(text)).toThrow('VALUE_FORM');
  expect(() => campaign(text)).toThrow('"line": 9');
});
