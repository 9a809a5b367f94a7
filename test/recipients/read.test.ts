import { describe, expect, test } from 'vitest';
import type { Recipient, RowReason } from '../../src/model/recipient.ts';
import { recipientReader } from '../../src/recipients/read.ts';
import type { ReadPlan } from '../../src/recipients/read.ts';
import { sentValues } from '../../src/recipients/sent.ts';
import { list } from './list.ts';
import type { WrittenList } from './list.ts';

const row = {
  id: 'GC-1',
  mobile: '0803 000 0101',
  first_name: 'Ada',
  last_name: 'Abara',
  visit: '2026-11-25T10:30',
  zone: 'Africa/Lagos',
  empty: '',
};

type Options = WrittenList & Partial<Pick<ReadPlan, 'sent' | 'hasPlaceholder' | 'checkCall'>>;

function readRow(options: Options, cells: Readonly<Record<string, string>> = {}): Recipient | RowReason {
  const { recipients, call, variables: constants } = list(options);
  const { sent, hasPlaceholder = (text: string): boolean => text.includes('['), checkCall } = options;
  const read = recipientReader({
    recipients,
    call,
    constants,
    sent,
    hasPlaceholder,
    isSuppressed: (phone) => phone.endsWith('9'),
    ...(checkCall === undefined ? {} : { checkCall }),
  });
  const result = read({ place: { source: 'recipients.csv', line: 2 }, cells: { ...row, ...cells } });
  return result.kind === 'field' ? result.value : result.reason;
}

describe('reading a row', () => {
  test('gives a recipient with everything that the campaign says', () => {
    const recipient = readRow({
      fields: { notBefore: '2026-11-24T08:00+01:00', notAfter: '{{visit}}' },
      variables: { patient_name: '{{first_name}} {{last_name}}', time: "{{formatDate visit 'HH:mm'}}" },
      constants: { clinic: 'Garki' },
      call: { greeting: 'Hello {{patient_name}} of {{clinic}}', tags: ['{{id}}', '{{zone}}'] },
    });
    expect(recipient).toEqual({
      key: 'GC-1',
      phone: '+2348030000101',
      zone: 'Africa/Lagos',
      notBeforeMs: Date.parse('2026-11-24T07:00Z'),
      notAfterMs: Date.parse('2026-11-25T09:30Z'),
      row,
      variables: { patient_name: 'Ada Abara', time: '10:30' },
      call: { tts_voice_accent: 'pidgin', greeting: 'Hello Ada Abara of Garki', tags: ['GC-1', 'Africa/Lagos'] },
      source: { source: 'recipients.csv', line: 2 },
      suppressed: false,
    });
  });

  test('takes the phone for the key where the campaign names no id', () => {
    expect(readRow({ fields: { id: '' } })).toMatchObject({ key: '+2348030000101' });
  });

  test.each(['yes', 'TRUE', '1', ' 2026-10-02 '])('takes %j for consent', (agreed) => {
    expect(readRow({ fields: { consent: '{{agreed}}' } }, { agreed })).toHaveProperty('key');
  });

  test.each(['', 'no', 'false', '0', 'ask her'])('takes %j for no consent', (agreed) => {
    const reason = { code: 'ROW_CONSENT_MISSING', column: 'agreed' };
    expect(readRow({ fields: { consent: '{{agreed}}' } }, { agreed })).toEqual(reason);
  });

  test('leaves out what the campaign does not say', () => {
    const recipient = readRow({ fields: { timezone: '' } });
    expect(recipient).not.toHaveProperty('zone');
    expect(readRow({ fields: { timezone: '{{zone}}' } }, { zone: '' })).not.toHaveProperty('zone');
    expect(recipient).not.toHaveProperty('notBeforeMs');
    expect(recipient).not.toHaveProperty('notAfterMs');
  });

  test('marks who is on a suppression list', () => {
    expect(readRow({}, { mobile: '+2348030000109' })).toMatchObject({ suppressed: true });
  });

  test('keeps numbers and booleans of call options', () => {
    const call = { max_duration: '{{minutes}}', amd: '{{eq first_name "Ada"}}' };
    expect(readRow({ constants: { minutes: 5 }, call })).toMatchObject({ call: { max_duration: 5, amd: true } });
  });

  test.each<[string, Options, Readonly<Record<string, string>>, RowReason]>([
    ['no phone', {}, { mobile: '' }, { code: 'ROW_PHONE_MISSING', column: 'mobile' }],
    ['a bad phone', {}, { mobile: '080' }, { code: 'ROW_PHONE_INVALID', column: 'mobile', detail: '3 digits' }],
    ['a premium-rate number', {}, { mobile: '+33892123456' }, { code: 'ROW_PHONE_PREMIUM', column: 'mobile' }],
    ['an empty country', { fields: { country: '{{empty}}' } }, {}, { code: 'ROW_PHONE_NO_COUNTRY', column: 'mobile' }],
    [
      'a country that cannot be read',
      { fields: { country: "{{formatDate id 'd'}}" } },
      {},
      { code: 'ROW_VALUE_DATE', column: 'id', detail: expect.any(String) },
    ],
    [
      'two columns for a phone',
      { fields: { phone: '{{id}}{{empty}}' } },
      {},
      { code: 'ROW_PHONE_MISSING', column: 'empty' },
    ],
    ['no id', {}, { id: ' ' }, { code: 'ROW_ID_MISSING', column: 'id' }],
    [
      'an id that is empty on purpose',
      { fields: { id: "{{default empty ''}}" } },
      {},
      { code: 'ROW_ID_MISSING', column: 'empty' },
    ],
    [
      'an unknown zone',
      { fields: { timezone: '{{zone}}' } },
      { zone: 'Lagos' },
      { code: 'ROW_ZONE_UNKNOWN', column: 'zone' },
    ],
    [
      'an offset for a zone',
      { fields: { timezone: '{{zone}}' } },
      { zone: '+01:00' },
      { code: 'ROW_ZONE_UNKNOWN', column: 'zone' },
    ],
    [
      'a time that is none',
      { fields: { notBefore: '{{visit}}' } },
      { visit: '25/11/2026' },
      { code: 'ROW_TIME_INVALID', column: 'visit', detail: 'ISO 8601 was expected, such as 2026-11-24T10:30' },
    ],
    [
      'a date without a time',
      { fields: { notAfter: '{{visit}}' } },
      { visit: '2026-11-25' },
      { code: 'ROW_TIME_INVALID', column: 'visit', detail: 'it is a date without a time of day' },
    ],
    [
      'a local time without a zone',
      { fields: { notAfter: '{{visit}}', timezone: '' } },
      {},
      { code: 'ROW_TIME_INVALID', column: 'visit', detail: 'it names no offset, and recipients.timezone is not set' },
    ],
    [
      'a time that clocks leave out',
      { fields: { notAfter: '{{visit}}', timezone: 'Europe/Berlin' } },
      { visit: '2027-03-28T02:30' },
      { code: 'ROW_TIME_INVALID', column: 'visit', detail: 'the clocks of Europe/Berlin leave this time out' },
    ],
    ['no time', { fields: { notAfter: '{{visit}}' } }, { visit: '' }, { code: 'ROW_VALUE_MISSING', column: 'visit' }],
    [
      'a variable that lacks its value',
      { variables: { name: '{{empty}}' } },
      {},
      { code: 'ROW_VALUE_MISSING', column: 'empty' },
    ],
    ['a sent column that is empty', { sent: ['empty'] }, {}, { code: 'ROW_VALUE_MISSING', column: 'empty' }],
    ['a sent column that is not there', { sent: ['ward'] }, {}, { code: 'ROW_VALUE_MISSING', column: 'ward' }],
    [
      'a placeholder in a column',
      { sent: ['first_name'] },
      { first_name: 'Ada [time]' },
      { code: 'ROW_VALUE_PLACEHOLDER', column: 'first_name' },
    ],
    [
      'a placeholder in a variable',
      { variables: { name: '{{first_name}}' } },
      { first_name: '[x]' },
      { code: 'ROW_VALUE_PLACEHOLDER', column: 'name' },
    ],
    [
      'a placeholder in a call option',
      { call: { greeting: '{{first_name}}' } },
      { first_name: '[x]' },
      { code: 'ROW_VALUE_PLACEHOLDER' },
    ],
    [
      'a control character',
      { sent: ['first_name'] },
      { first_name: 'Ada\u0007' },
      { code: 'ROW_VALUE_CONTROL', column: 'first_name' },
    ],
    [
      'a lost character',
      { sent: ['first_name'] },
      { first_name: 'Ad\uFFFD' },
      { code: 'ROW_VALUE_CONTROL', column: 'first_name' },
    ],
    [
      'a call option that lacks its value',
      { call: { ward: '{{ward}}' } },
      {},
      { code: 'ROW_VALUE_MISSING', column: 'ward' },
    ],
    [
      'a list of options that lacks its value',
      { call: { wards: ['a', '{{ward}}'] } },
      {},
      { code: 'ROW_VALUE_MISSING', column: 'ward' },
    ],
    [
      'what the provider refuses',
      { checkCall: () => ({ code: 'ROW_MESSAGE_TOO_LONG' }) },
      {},
      { code: 'ROW_MESSAGE_TOO_LONG' },
    ],
  ])('rejects %s', (_, options, cells, reason) => {
    expect(readRow(options, cells)).toEqual(reason);
  });

  test('needs only what is sent or used by the call', () => {
    const variables = { name: '{{first_name}}', ward: '{{ward}}', bed: '{{bed}}' };
    expect(readRow({ variables, sent: ['name'] })).toMatchObject({ variables: { name: 'Ada' } });
    expect(readRow({ variables, sent: [], call: { greeting: '{{name}}' } })).toMatchObject({
      variables: { name: 'Ada' },
    });
    expect(readRow({ variables })).toEqual({ code: 'ROW_VALUE_MISSING', column: 'ward' });
  });

  test('lets a recipient variable be empty on purpose', () => {
    const variables = { greeting: '{{#if empty}}dear {{empty}}{{/if}}' };
    expect(readRow({ variables, sent: ['greeting'] })).toMatchObject({ variables: { greeting: '' } });
  });

  test('lets values that are not sent hold what they want', () => {
    expect(readRow({ sent: ['first_name'] }, { last_name: '[x]\u0007' })).toMatchObject({ key: 'GC-1' });
    expect(readRow({ sent: ['first_name'] }, { first_name: 'Ada\tB\nC' })).toMatchObject({ key: 'GC-1' });
  });

  test('lets a variable redefine its own column', () => {
    const variables = { first_name: '{{upper first_name}}' };
    const call = { greeting: 'Hello {{first_name}}' };
    expect(readRow({ variables, call })).toMatchObject({ call: { greeting: 'Hello ADA' }, row: { first_name: 'Ada' } });
  });

  test('shows the provider what it would get', () => {
    let seen: unknown;
    readRow({
      variables: { name: '{{first_name}}' },
      constants: { clinic: 'Garki' },
      call: { ref: '{{id}}' },
      sent: ['name', 'last_name', 'clinic'],
      checkCall: (call) => void (seen = call),
    });
    expect(seen).toEqual({
      phone: '+2348030000101',
      variables: { name: 'Ada', last_name: 'Abara', clinic: 'Garki' },
      options: { tts_voice_accent: 'pidgin', ref: 'GC-1' },
    });
  });

  test('takes a time that clocks show twice so that nobody is called outside of it', () => {
    const fields = { timezone: 'Europe/Berlin', notBefore: '{{visit}}', notAfter: '{{visit}}' };
    expect(readRow({ fields }, { visit: '2026-10-25T02:30' })).toMatchObject({
      notBeforeMs: Date.parse('2026-10-25T01:30Z'),
      notAfterMs: Date.parse('2026-10-25T00:30Z'),
    });
  });

  test('lets a row go without a limit where the template gives an empty text', () => {
    const fields = { notAfter: "{{default visit ''}}" };
    expect(readRow({ fields }, { visit: '' })).not.toHaveProperty('notAfterMs');
  });
});

test('sent values come from variables, then columns, then constants', () => {
  const recipient = { row: { a: 'column', b: 'column' }, variables: { a: 'variable' } };
  expect(sentValues(recipient, ['a', 'b', 'c', 'd'], { a: 1, b: 2, c: 3 })).toEqual({
    a: 'variable',
    b: 'column',
    c: 3,
  });
});
