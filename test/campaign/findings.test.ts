import { describe, expect, test } from 'vitest';
import { clinic, edited, found, marked, read } from './clinic.ts';

type Case = readonly [code: string, sentence: string, part: string, by: string];

/** Each changes one part of the clinic's file; `«` marks where the finding must stand. It must be the only one. */
const cases: readonly Case[] = [
  [
    'YAML_SYNTAX',
    'a colon in a text without quotes',
    'version: 1',
    'version: 1\ndescription: «Reminders: the day before',
  ],
  ['YAML_SYNTAX', 'a quote that does not close', 'name: Clinic reminder', 'name: "Clinic reminder\n«'],
  ['YAML_TAB', 'a tab as indentation', '  type: intron', '«\ttype: intron'],
  ['YAML_DOCUMENTS', 'a second document', 'Africa/Lagos\n', 'Africa/Lagos\n«---\nversion: 1\n'],
  ['YAML_KEY', 'a list as a key', 'version: 1', 'version: 1\n? «[a, b]\n: c'],
  ['YAML_KEY', 'a key that is left out', 'version: 1', 'version: 1\nguards: {«: 1}'],
  [
    'YAML_KEY_TWICE',
    'a key that stands twice',
    '  workflow_type: ROBOCALL',
    '  workflow_type: ROBOCALL\n  «name: Other',
  ],
  ['YAML_ALIAS_UNKNOWN', 'an alias without an anchor', 'timezone: Africa/Lagos', 'timezone: «*zone'],
  ['YAML_ALIAS_KEY', 'an anchor before a key', 'version: 1', '&a version: 1\nlocale: «*a'],
  ['YAML_KEY', 'an alias as a key', 'version: 1', 'version: 1\ndescription: &a locale\n«*a : en'],
  [
    'YAML_ALIAS_ITSELF',
    'an alias inside of its anchor',
    'from: [{csv: recipients.csv}]',
    'from: &list [{csv: recipients.csv}, «*list]',
  ],
  ['YAML_TAG', 'a tag that nobody knows', 'name: Clinic reminder', 'name: «!greeting Clinic reminder'],
  ['YAML_VERSION', 'another version of YAML', 'version: 1\n', '«%YAML 1.1\n---\nversion: 1\n'],
  ['YAML_MERGE', 'a merge key with a list of texts', 'version: 1', 'version: 1\nguards: {<<: [«more]}'],

  ['TRAP_TEMPLATE', 'a template without quotes', 'phone: "{{mobile}}"', 'phone: «{{mobile}}'],
  ['TRAP_TEMPLATE', 'a template without quotes before more text', 'message: Hello {{name}},', '«message: {{name}},'],
  [
    'TRAP_TEMPLATE',
    'a template without quotes in a flow map',
    '  phone: "{{mobile}}"',
    '  phone: "{{mobile}}"\n  variables: {name: «{{first}}}',
  ],
  [
    'TRAP_SUBSTITUTION',
    'a substitution without quotes in a flow map',
    '[{csv: recipients.csv}]',
    '[{csv: ${env.LIST}}]',
  ],
  [
    'TRAP_SUBSTITUTION',
    'a substitution without quotes in a flow list',
    '[{csv: recipients.csv}]',
    '[{csv: lists/${env.LIST}.csv}]',
  ],
  ['TRAP_PHONE', 'an unquoted number with a plus', '{csv: recipients.csv}', 'rows: [{mobile: «+2348031234567}]'],
  ['TRAP_PHONE', 'an unquoted number with a leading zero', '{csv: recipients.csv}', 'rows: [{mobile: «08031234567}]'],
  ['TRAP_NUMBER', 'an id with leading zeros', '{csv: recipients.csv}', 'rows: [{mobile: "1", id: «007}]'],
  [
    'TRAP_NUMBER',
    'an id with more digits than a number holds',
    '{csv: recipients.csv}',
    'rows: [{id: «12345678901234567890}]',
  ],
  ['TRAP_NUMBER', 'an id that looks like an exponent', '{csv: recipients.csv}', 'rows: [{id: «12e5}]'],
  ['TRAP_NUMBER', 'an amount that would lose its zero', 'version: 1', 'version: 1\nvariables: {price: «1.50}'],
  ['TRAP_WAVE', 'a wave that is a number', '"2026-11-24"', '«2026'],
  ['TRAP_WAVE', 'a wave that other readers take for a date', '"2026-11-24"', '«2026-11-24'],

  ['KEY_UNKNOWN', 'a misspelt key', 'workflow_type: ROBOCALL', 'workflow_type: ROBOCALL\n  «include_replies: true'],
  ['KEY_UNKNOWN', 'a key of a later version', 'version: 1', 'version: 1\nexecution:\n  «webhook: {}'],
  ['KEY_UNKNOWN', 'extends, which does not exist yet', 'version: 1', 'version: 1\n«extends: ../base.yaml'],
  ['KEY_REFUSED', 'a field of the call that callplan fills', 'version: 1', 'version: 1\ncall: {«phone_number: "1"}'],
  [
    'KEY_REFUSED',
    'a retry after which nobody is called',
    'version: 1',
    'version: 1\nexecution: {attempts: {max: 2, retry: {«unknown: [1h]}}}',
  ],
  [
    'KEY_REFUSED',
    'an environment with another identity',
    'version: 1',
    'version: 1\nenvironments: {staging: {«campaign: other}}',
  ],
  ['KEY_MISSING', 'no phone', '  phone: "{{mobile}}"\n', ''],
  ['KEY_MISSING', 'no recipients at all', '  from: [{csv: recipients.csv}]\n', ''],
  ['KEY_MISSING', 'a new workflow without a message', '  message: Hello {{name}}, see you at {{time}}.\n', ''],
  ['KEY_NAME', 'a variable with a dash', 'version: 1', 'version: 1\nvariables: {«first-name: Ada}'],
  ['KEY_NAME', 'an environment in capitals', 'version: 1', 'version: 1\nenvironments: {«Staging: {}}'],
  ['KEY_NAME', "callplan's own tag", 'version: 1', 'version: 1\ncall: {user_tag_identifiers: {«callplan_ref: x}}'],

  ['KEY_NAME', 'a status without a name', '  type: intron', '  type: intron\n  statuses: {«"": answered}'],
  ['VALUE_TYPE', 'a text for a number', 'version: 1', 'version: 1\nexecution: {concurrency: «"50"}'],
  ['VALUE_TYPE', 'a number for a template', '"{{mobile}}"', '«2348031234567'],
  ['VALUE_TYPE', 'yes for true', 'workflow_type: ROBOCALL', 'workflow_type: ROBOCALL\n  include_reply: «yes'],
  ['VALUE_TYPE', 'a map for a list', '[{csv: recipients.csv}]', '«{csv: recipients.csv}'],
  ['VALUE_TYPE', 'nothing where a map belongs', 'version: 1', 'version: 1\n«guards:'],
  ['VALUE_TYPE', 'a key without a value in braces', 'version: 1', 'version: 1\nguards: {«max_recipients}'],
  ['VALUE_TYPE', 'a constant of nothing', 'version: 1', 'version: 1\nvariables: {clinic: «null}'],
  [
    'VALUE_TYPE',
    'a long text for a list',
    'version: 1',
    `version: 1\nenvironments: {staging: {recipients: «${'so '.repeat(40)}long}}`,
  ],
  ['VALUE_TYPE', 'a filled map for a text', 'name: Clinic reminder', 'name: «{clinic: Garki}'],
  ['VALUE_ENUM', 'a misspelt word', 'ROBOCALL', '«ROBOCAL'],
  ['VALUE_ENUM', 'a voice that the provider lacks', 'version: 1', 'version: 1\ncall: {tts_voice_gender: «robot}'],
  ['VALUE_ENUM', 'another version of the language', 'version: 1', 'version: «2'],
  ['VALUE_FORM', 'a duration in words', 'version: 1', 'version: 1\nexecution: {max_call: «"15 minutes"}'],
  ['VALUE_FORM', 'a name with spaces', 'campaign: clinic-reminders', 'campaign: «Clinic Reminders'],
  [
    'VALUE_FORM',
    'a time of day without a leading zero',
    'version: 1',
    'version: 1\nexecution: {windows: [{from: «"9:00", to: "18:00"}]}',
  ],
  ['VALUE_RANGE', 'no call at once', 'version: 1', 'version: 1\nexecution: {concurrency: «0}'],
  ['VALUE_RANGE', 'an empty list', '[{csv: recipients.csv}]', '«[]'],
  ['VALUE_RANGE', 'an empty name', 'name: Clinic reminder', 'name: «""'],
  [
    'VALUE_TWICE',
    'a day that stands twice',
    'version: 1',
    'version: 1\nexecution: {windows: [{days: [mon, tue, «mon], from: "09:00", to: "18:00"}]}',
  ],

  ['SECRET_WRITTEN', 'a key that is written out', '${env.INTRON_API_KEY}', '«sk-12345'],
  ['SECRET_WRITTEN', 'a key of digits', '${env.INTRON_API_KEY}', '«123456'],
  ['SECRET_WRITTEN', 'a key that is empty', '${env.INTRON_API_KEY}', '«""'],
  ['VALUE_TYPE', 'a key that is left out', ' ${env.INTRON_API_KEY}', ''],
  ['SUBSTITUTION_SYNTAX', 'a substitution of no kind', 'name: Clinic reminder', 'name: «Clinic ${CITY}'],
  ['SUBSTITUTION_SYNTAX', 'a substitution that does not close', 'name: Clinic reminder', 'name: «Clinic ${env.CITY'],
  ['SUBSTITUTION_UNSET', 'a variable that is not set', 'name: Clinic reminder', 'name: «Clinic ${env.CITY}'],
  [
    'TEMPLATE_NOT_HERE',
    'a template in a text that is sent as it stands',
    'name: Clinic reminder',
    'name: «Clinic of {{city}}',
  ],
  ['TEMPLATE_NOT_HERE', 'a template in a constant', 'version: 1', 'version: 1\nvariables: {clinic: «"{{city}}"}'],
  ['TEMPLATE_PLACEHOLDER', "the provider's own placeholder", 'message: Hello {{name}}', 'message: «Hello [name]'],
  ['NAME_RESERVED', 'a variable that the provider fills', '  timezone', '  variables: {«phone_number: x}\n  timezone'],

  ['SOURCE_KIND', 'a source of no kind', '[{csv: recipients.csv}]', '[«{delimiter: ";"}]'],
  [
    'SOURCE_KIND',
    'a source of two kinds',
    '[{csv: recipients.csv}]',
    '[«{csv: recipients.csv, rows: [{mobile: "1"}]}]',
  ],
  ['SOURCE_OPTION', 'a delimiter of rows', '[{csv: recipients.csv}]', '[{rows: [{mobile: "1"}], «delimiter: ";"}]'],
  ['TIMEZONE_UNKNOWN', 'a misspelt zone', 'Africa/Lagos', '«Africa/Lagso'],
  ['TIMEZONE_UNKNOWN', 'an offset for a zone', 'Africa/Lagos', '«"+01:00"'],
  ['COUNTRY_UNKNOWN', "a country's name", '  timezone', '  country: «Nigeria\n  timezone'],
  ['COUNTRY_UNKNOWN', 'two letters that are no country', '  timezone', '  country: «ZY\n  timezone'],
  ['COUNTRY_UNKNOWN', 'a union of countries', '  timezone', '  country: «EU\n  timezone'],
  [
    'WINDOW_EMPTY',
    'a window that ends when it begins',
    'version: 1',
    'version: 1\nexecution: {windows: [«{from: "09:00", to: "09:00"}]}',
  ],
  [
    'END_BEFORE_START',
    'an end before the start',
    'version: 1',
    'version: 1\nexecution: {start_at: 2026-11-24T09:00+01:00, end_at: «2026-11-24T08:00Z}',
  ],
  ['CONSENT_MISSING', 'a policy without consent', 'version: 1', 'version: 1\nexecution: {policy: «us-federal@1}'],
  [
    'POLICY_HOURS',
    'windows outside of the hours of the policy',
    'timezone: Africa/Lagos',
    'timezone: Africa/Lagos\n  consent: "yes"\nexecution: {windows: [{from: "21:00", to: "07:30"}], policy: «us-federal@1}',
  ],
  ['VALUE_ENUM', 'a policy that is none', 'version: 1', 'version: 1\nexecution: {policy: «us-federal@9}'],
  ['VALUE_FORM', 'an instant without an offset', 'version: 1', 'version: 1\nexecution: {end_at: «2026-11-24T08:00}'],
  ['VALUE_FORM', 'an instant of no calendar', 'version: 1', 'version: 1\nexecution: {end_at: «2026-11-31T08:00Z}'],
  ['VALUE_FORM', 'a holiday of no calendar', 'version: 1', 'version: 1\nexecution: {holidays: [«2026-02-29]}'],
  [
    'RETRY_WITHOUT_MAX',
    'retries without max',
    'version: 1',
    'version: 1\nexecution: {attempts: {«retry: {busy: [10m]}}}',
  ],
  [
    'RETRY_WITHOUT_MAX',
    'retries with a max of one',
    'version: 1',
    'version: 1\nexecution: {attempts: {max: 1, «retry: {busy: [10m]}}}',
  ],
  ['STOP_WHEN_EMPTY', 'a share of no outcome', 'version: 1', 'version: 1\nexecution: {«stop_when: {of_last: 50}}'],
  [
    'STOP_WHEN_EMPTY',
    'a canary that nothing stops',
    'version: 1',
    'version: 1\nexecution: {canary: {calls: 5, «stop_when: {}}}',
  ],
  ['KEY_UNKNOWN', 'an outcome that is misspelt', 'version: 1', 'version: 1\nexecution: {stop_when: {«fail: 20%}}'],
  [
    'KEY_REFUSED',
    'a price in the budget',
    'version: 1',
    'version: 1\nexecution: {budget: {calls: 9, «price: 1 USD/min}}',
  ],
  ['KEY_REFUSED', 'a share of the answered', 'version: 1', 'version: 1\nexecution: {stop_when: {«answered: 20%}}'],
  [
    'KEY_REFUSED',
    'a canary of the last calls',
    'version: 1',
    'version: 1\nexecution: {canary: {calls: 5, stop_when: {failed: 20%, «of_last: 10}}}',
  ],
  ['KEY_MISSING', 'a canary without a share', 'version: 1', 'version: 1\nexecution: {«canary: {calls: 5}}'],
  ['VALUE_TYPE', 'a share without its sign', 'version: 1', 'version: 1\nexecution: {stop_when: {failed: «20}}'],
  ['VALUE_FORM', 'a share of nothing', 'version: 1', 'version: 1\nexecution: {stop_when: {failed: «0%}}'],
  ['VALUE_FORM', 'a share of more than all', 'version: 1', 'version: 1\nexecution: {stop_when: {failed: «101%}}'],
  [
    'VALUE_RANGE',
    'a share of too few calls',
    'version: 1',
    'version: 1\nexecution: {stop_when: {failed: 20%, of_last: «9}}',
  ],
  ['VALUE_RANGE', 'a budget of nothing named', 'version: 1', 'version: 1\nexecution: {budget: «{}}'],
  [
    'VALUE_FORM',
    'a budget in a sign',
    'version: 1',
    'version: 1\nexecution: {budget: {cost: «$150}, price: 0.09 USD/min}',
  ],
  ['VALUE_FORM', 'a price for no time', 'version: 1', 'version: 1\nexecution: {price: «0.09 USD}'],
  [
    'BUDGET_WITHOUT_PRICE',
    'a budget of money without a price',
    'version: 1',
    'version: 1\nexecution: {budget: {cost: «150 USD}}',
  ],
  [
    'BUDGET_CURRENCY',
    'a price in another currency',
    'version: 1',
    'version: 1\nexecution: {budget: {cost: 150 USD}, price: «80 NGN/min}',
  ],
  [
    'BUDGET_ROOM',
    'fewer minutes than a call may last',
    'version: 1',
    'version: 1\nexecution: {budget: {minutes: «14}}',
  ],
  [
    'BUDGET_ROOM',
    'fewer minutes than a longer call may last',
    'version: 1',
    'version: 1\nexecution: {budget: {minutes: «29}, max_call: 30m}',
  ],
  [
    'BUDGET_ROOM',
    'less money than a call may cost',
    'version: 1',
    'version: 1\nexecution: {budget: {cost: «1.34 USD}, price: 0.09 USD/min}',
  ],
  ['KEY_MISSING', 'a cap without its time', 'version: 1', 'version: 1\nexecution: {«per_person: {calls: 3}}'],
  ['VALUE_TYPE', 'a cap that is a number', 'version: 1', 'version: 1\nexecution: {per_person: «3}'],
  [
    'VALUE_ENUM',
    'a cap for a wave',
    'version: 1',
    'version: 1\nexecution: {per_person: {calls: 3, per: 24h, in: «wave}}',
  ],
  ['VALUE_RANGE', 'no caps in a list', 'version: 1', 'version: 1\nexecution: {per_person: «[]}'],
  [
    'VALUE_RANGE',
    'a cap over more than a year',
    'version: 1',
    'version: 1\nexecution: {per_person: [{calls: 3, per: 366d}, {calls: 9, per: «367d}]}',
  ],
  [
    'VALUE_RANGE',
    'another time that is hardly another',
    'version: 1',
    'version: 1\nexecution: {attempts: {max: 2, retry: {busy: [1h]}, another_time: «29m}}',
  ],
  [
    'VALUE_RANGE',
    'another time that no day has',
    'version: 1',
    'version: 1\nexecution: {attempts: {max: 2, retry: {busy: [1h]}, another_time: «13h}}',
  ],
  [
    'ANOTHER_TIME_WITHOUT_RETRY',
    'another time for no retry',
    'version: 1',
    'version: 1\nexecution: {attempts: {another_time: «3h}}',
  ],
  [
    'ANOTHER_TIME_ROOM',
    'windows without another time',
    'version: 1',
    'version: 1\nexecution: {attempts: {max: 2, retry: {busy: [1h]}, another_time: «286m}}',
  ],
  ['MAX_WITHOUT_RETRY', 'a max without retries', 'version: 1', 'version: 1\nexecution: {attempts: {«max: 3}}'],
  [
    'FOLLOW_UP_SHORT',
    'asking for less than one round',
    'version: 1',
    'version: 1\nexecution: {follow_up: {every: 1m, for: «30s}}',
  ],
  [
    'FOLLOW_UP_SHORT',
    "asking for less than the provider's round",
    'version: 1',
    'version: 1\nexecution: {follow_up: {for: «10s}}',
  ],
  [
    'SETTLE_SHORT',
    'a settle time below the provider’s',
    'version: 1',
    'version: 1\nexecution: {look_up: {settle: «1m}}',
  ],
  [
    'FOLLOW_UP_SHORT',
    'asking less often than it lasts',
    'version: 1',
    'version: 1\nexecution: {follow_up: {every: «3h}}',
  ],
  ['URL_INVALID', 'no URL', '  type: intron', '  type: intron\n  base_url: «voicebot'],
  ['URL_INVALID', 'a URL of another scheme', '  type: intron', '  type: intron\n  base_url: «ftp://voice.example.org'],
  [
    'URL_INVALID',
    'a URL with a password',
    '  type: intron',
    '  type: intron\n  base_url: «https://a:b@voice.example.org',
  ],
  ['URL_INVALID', 'a URL with a query', '  type: intron', '  type: intron\n  base_url: «https://voice.example.org?x=1'],
  [
    'URL_INSECURE',
    'plain http to another machine',
    '  type: intron',
    '  type: intron\n  base_url: «http://voice.example.org',
  ],
];

test.each([
  ['Africa/Lagos', 'Chicago', 'America/Chicago'],
  ['Africa/Lagos', 'new york', 'America/New_York'],
  ['Africa/Lagos', 'WAT', undefined],
  ['country: NG', 'country: ng', 'NG'],
  ['country: NG', 'country: Nigeria', undefined],
])('%s written as %s is found, with what is meant: %s', (part, by, meant) => {
  const withCountry = edited(clinic, 'timezone:', 'country: NG\n  timezone:');
  const [finding] = read(edited(withCountry, part, by)).diagnostics;
  expect(finding?.args).toEqual(expect.objectContaining(meant === undefined ? {} : { meant }));
  if (meant === undefined) expect(finding?.args).not.toHaveProperty('meant');
});

describe('a finding stands at its place, alone', () => {
  test.each(cases)('%s: %s', (code, _sentence, part, by) => {
    const { text, place } = marked(edited(clinic, part, by));
    const expected = by.includes('«') ? `${place} ${code}` : expect.stringMatching(new RegExp(` ${code}$`));
    expect(found(text)).toEqual([expected]);
  });
});

test('names of two things point at both', () => {
  const text = edited(
    edited(clinic, 'version: 1\n', 'version: 1\nvariables: {clinic: Garki}\n'),
    '  timezone',
    '  variables: {clinic: Wuse}\n  timezone',
  );
  const [only, ...more] = read(text).diagnostics;
  expect(more).toEqual([]);
  expect(only).toMatchObject({
    code: 'NAME_TWICE',
    args: { name: 'clinic', first: 'constant', second: 'recipient_variable' },
    at: { line: 15, col: 15 },
    related: [{ line: 2, col: 13 }],
  });
});

describe('a value with a finding of its own has no second one', () => {
  test.each([
    [
      'two templates without quotes in a list of different words',
      'execution: {windows: [{days: [{{a}}, {{b}}], from: "09:00", to: "18:00"}]}',
      ['15:31 TRAP_TEMPLATE', '15:38 TRAP_TEMPLATE'],
    ],
    ['a phone in the place of a template', 'call: {tts_voice_gender: +2348031234567}', ['15:26 TRAP_PHONE']],
    [
      'a wrong time that is said twice',
      'execution: {windows: [{from: "9:00", to: "9:00"}]}',
      ['15:30 VALUE_FORM', '15:42 VALUE_FORM'],
    ],
  ])('%s', (_what, line, findings) => {
    expect(found(`${clinic}${line}\n`)).toEqual(findings);
  });
});

describe('a misspelt key is not missing as well', () => {
  const findings = (text: string, environment?: string): readonly string[] =>
    found(text, environment === undefined ? {} : { environment });

  test('at the top of the file', () => {
    expect(findings(edited(clinic, 'recipients:\n', 'recipient:\n'))).toEqual(['11:1 KEY_UNKNOWN']);
  });

  test('in a block', () => {
    expect(findings(edited(clinic, 'phone:', 'phoen:'))).toEqual(['13:3 KEY_UNKNOWN']);
  });

  test('in an environment, which brings what the file lacks', () => {
    const text = edited(clinic, 'wave: "2026-11-24"\n', 'environments: {prod: {waev: "1"}}\n');
    expect(findings(text)).toEqual(['3:23 KEY_UNKNOWN']);
    expect(findings(text, 'prod')).toEqual(['3:23 KEY_UNKNOWN']);
  });

  test('in an environment, which changes what the file says', () => {
    const text = `${clinic}environments: {prod: {workflw: {name: Other}}}\n`;
    expect(findings(text, 'prod')).toEqual(['15:23 KEY_UNKNOWN']);
    expect(read(text, { environment: 'prod' }).diagnostics).toMatchObject([
      { args: { path: 'environments.prod', meant: 'workflow' } },
    ]);
  });
});

describe('a key that begins with x-', () => {
  const common = 'x-common: &common\n  phone: "{{mobile}}"\n  note: ${env.NOWHERE}\n';

  test('is the own of the user, and other parts may repeat it', () => {
    const text = edited(clinic, '  phone: "{{mobile}}"\n', '  <<: *common\n');
    expect(found(`${common.replace(/ {2}note.*\n/, '')}${text}`)).toEqual([]);
    expect(found(`${common}${clinic}`)).toEqual([]);
  });

  test('is so at the top of the file only', () => {
    expect(found(edited(clinic, 'phone:', 'x-phone: 1\n  phone:'))).toEqual(['13:3 KEY_UNKNOWN']);
  });
});

test.each([
  ['execution: {attempts: {max: 2, retry: {busy: 10m}}}', /^busy: \[.*\d+[mh]\]$/],
  ['execution: {holidays: 2026-12-25}', /^holidays: \[/],
])('a list that is none has one beside it: %s', (line, right) => {
  const [only] = read(`${clinic}${line}\n`).diagnostics;
  expect(only?.code === 'VALUE_TYPE' ? only.args.example : only).toMatch(right);
});

test.each([
  ['execution: {max_call: 15 minutes}', 'max_call: 15m'],
  ['execution: {rate: often}', 'rate: 1/s'],
  ['execution: {windows: [{from: "9:00", to: "18:00"}]}', 'from: "09:00"'],
  ['execution: {attempts: {max: 2, retry: {busy: [soon]}}}', '30m'],
  ['execution: {windows: daily}', 'windows: [{days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00"}]'],
])('a value of the wrong form has the right one beside it: %s', (line, right) => {
  const [only] = read(`${clinic}${line}\n`).diagnostics;
  expect(only?.code === 'VALUE_FORM' ? only.args.line : only).toBe(right);
});

describe('what only the provider finds', () => {
  const signed = edited(
    clinic,
    '  workflow_type',
    `  description: "[callplan:1 a/b sha256:${'0'.repeat(16)} store:${'0'.repeat(8)}]"\n  workflow_type`,
  );

  test('is told whatever is wrong elsewhere', () => {
    expect(found(signed)).toEqual(['9:16 VALUE_FORM']);
    expect(found(`${signed}execution: {rates: 1/s}\n`)).toEqual(['9:16 VALUE_FORM', '16:13 KEY_UNKNOWN']);
  });

  test.each([
    ['its block', edited(signed, 'name: Clinic reminder', 'nane: Clinic reminder'), '8:3 KEY_UNKNOWN'],
    ['its message', edited(signed, 'Hello {{name}}', '>-\n    Hello\n    {{name!}}'), '13:5 TEMPLATE_SYNTAX'],
    ['the call', `${signed}call: {tags: [1]}\n`, '16:8 KEY_UNKNOWN'],
    [
      'an environment of it',
      `${signed}environments: {prod: {workflow: {include_replies: true}}}\n`,
      '16:34 KEY_UNKNOWN',
    ],
  ])('is not asked where something is wrong in %s', (_what, text, finding) => {
    expect(found(text, { environment: 'prod' })).toEqual([finding]);
  });
});

test('an environment that is no map is a finding, and nothing is merged', () => {
  expect(found(`${clinic}environments: {staging: 5}\n`, { environment: 'staging' })).toEqual(['15:25 VALUE_TYPE']);
});

test('a file whose provider nobody knows is checked for the rest', () => {
  const text = edited(edited(clinic, 'type: intron', 'type: callbot'), '{{mobile}}', '{{formatDat mobile}}');
  expect(found(text)).toEqual(['5:9 VALUE_ENUM', '13:11 TEMPLATE_HELPER_UNKNOWN']);
});

test('of a provider that nobody knows nobody knows the secrets', () => {
  const text = edited(edited(clinic, 'type: intron', 'type: introm'), 'INTRON_API_KEY', 'NOWHERE');
  expect(found(text)).toEqual(['5:9 VALUE_ENUM']);
  expect(found(edited(text, '  type: introm\n', ''))).toEqual(['4:1 KEY_MISSING']);
});

describe('tabs that indent are one finding', () => {
  test('whatever they make of the lines behind them', () => {
    const text = edited(edited(clinic, '  phone:', '\tphone:'), '  name:', '\tname:');
    expect(read(text).diagnostics).toMatchObject([{ code: 'YAML_TAB', args: { lines: 2 }, at: { line: 8, col: 1 } }]);
  });

  test('in a file without spaces', () => {
    expect(found(clinic.replaceAll('\n  ', '\n\t'))).toEqual(['5:1 YAML_TAB']);
  });

  test('and what is wrong before them another', () => {
    const text = edited(edited(clinic, 'version: 1', 'version: 1\ndescription: a: b'), '  phone:', '\tphone:');
    expect(found(text)).toEqual(['2:14 YAML_SYNTAX', '14:1 YAML_TAB']);
  });
});

test('a template that is too long is told at its beginning', () => {
  const text = edited(clinic, '{{mobile}}', `{{mobile}}${'x'.repeat(200_000)}`);
  expect(found(text)).toEqual(['13:11 TEMPLATE_TOO_LONG']);
});

describe('a lost file of', () => {
  const lost = (text: string): readonly unknown[] => read(text, { lost: ['lost.txt'] }).diagnostics;

  test('a text is told where it is named', () => {
    expect(lost(edited(clinic, 'Clinic reminder', 'A ${file.lost.txt}'))).toMatchObject([
      { code: 'FILE_MISSING', at: { line: 8, col: 9 } },
    ]);
  });

  test('a template is told where it is named', () => {
    expect(lost(edited(clinic, '"{{mobile}}"', '{file: lost.txt}'))).toMatchObject([
      { code: 'FILE_MISSING', at: { line: 13, col: 17 } },
    ]);
  });

  test('a secret is no finding, but missing', () => {
    const built = read(edited(clinic, '${env.INTRON_API_KEY}', '${file.lost.txt}'), { lost: ['lost.txt'] });
    expect(built).toMatchObject({ diagnostics: [], missingSecrets: ['lost.txt'] });
  });
});

test('the same text behind an alias that lacks a variable names the anchor', () => {
  const text = `${edited(clinic, 'Clinic reminder', '&name "${env.CITY}"')}description: *name\n`;
  expect(read(text).diagnostics).toMatchObject([
    { code: 'SUBSTITUTION_UNSET', at: { line: 8 } },
    { code: 'SUBSTITUTION_UNSET', at: { line: 15, col: 14 }, related: [{ line: 8 }] },
  ]);
});

test('the anchor that was meant is named, where there are few', () => {
  const [only] = read(
    edited(clinic, 'Clinic reminder', '&clinic Garki').replace('Africa/Lagos', '*clinik'),
  ).diagnostics;
  expect(only).toMatchObject({ code: 'YAML_ALIAS_UNKNOWN', args: { alias: 'clinik', meant: 'clinic' } });
  const many = Array.from({ length: 300 }, (_, n) => `&n${String(n)} x`).join(', ');
  const other = read(`${clinic}guards: [${many}, *n500]\n`).diagnostics.find(
    ({ code }) => code === 'YAML_ALIAS_UNKNOWN',
  );
  expect(other?.args).toEqual({ alias: 'n500' });
});

test.each([
  ['$INTRON_API_KEY', 'INTRON_API_KEY'],
  ['"{env.INTRON_API_KEY}"', 'INTRON_API_KEY'],
  ['env.INTRON_API_KEY', undefined],
  ['sk-live-7', undefined],
])('a secret that is meant to be a variable of the environment is told from one: %s', (written, name) => {
  const [only] = read(edited(clinic, '${env.INTRON_API_KEY}', written)).diagnostics;
  expect(only?.code === 'SECRET_WRITTEN' ? only.args.name : only).toBe(name);
});

test('a version that is missing is said as it is written', () => {
  const [only] = read(edited(clinic, 'version: 1\n', '')).diagnostics;
  expect(only?.code === 'KEY_MISSING' ? only.args.line : only).toBe('version: 1');
});
