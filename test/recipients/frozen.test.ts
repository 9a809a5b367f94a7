import { describe, expect, test } from 'vitest';
import type { E164, Recipient, RowReason } from '../../src/model/recipient.ts';
import type { FrozenRecipient } from '../../src/model/wave.ts';
import { frozenReader } from '../../src/recipients/frozen.ts';
import { list, type WrittenList } from './list.ts';

const frozen: FrozenRecipient = {
  key: 'GC-1',
  phone: '+2348030000101' as E164,
  zone: 'Africa/Lagos',
  notBeforeMs: 1,
  notAfterMs: 2,
  row: { id: 'GC-1', ward: 'Ward 3', agreed: 'yes', empty: ' ' },
  variables: { patient_name: 'Ada Abara', note: '' },
  position: 7,
  isNameless: false,
};
const place = { source: 'wave 2026-11-24', line: 7, unit: 'row' } as const;

function read(
  options: WrittenList & { readonly sent?: readonly string[]; readonly isSuppressed?: boolean } = {},
  change: Partial<FrozenRecipient> = {},
): Recipient | RowReason {
  const { recipients, call, variables: constants } = list(options);
  const reader = frozenReader({
    recipients,
    call,
    constants,
    sent: options.sent,
    hasPlaceholder: (text) => text.includes('['),
    isSuppressed: () => options.isSuppressed ?? false,
  });
  const made = reader({ recipient: { ...frozen, ...change }, place });
  return made.kind === 'field' ? made.value : made.reason;
}

describe('a recipient of an earlier wave', () => {
  test('is told what it was told then, with the options of the file as it is', () => {
    const { position: _, isNameless: __, ...inputs } = frozen;
    expect(
      read({ variables: { patient_name: '{{id}}' }, call: { greeting: 'Hello {{patient_name}}' }, isSuppressed: true }),
    ).toEqual({
      ...inputs,
      call: { tts_voice_accent: 'pidgin', greeting: 'Hello Ada Abara' },
      source: place,
      suppressed: true,
    });
  });

  test('may have no zone and no times', () => {
    const { zone: _, notBeforeMs: __, notAfterMs: ___, ...bare } = frozen;
    const made = frozenReaderOf(bare);
    expect(made).toMatchObject({ kind: 'field', value: { key: 'GC-1' } });
    expect(made).not.toHaveProperty('value.zone');
    expect(made).not.toHaveProperty('value.notAfterMs');
  });

  test('may be sent what was frozen, columns, empty variables and constants', () => {
    const sent = ['patient_name', 'note', 'ward', 'clinic'];
    expect(read({ sent, constants: { clinic: '[Garki]' } })).toMatchObject({ key: 'GC-1' });
  });

  test.each<readonly [string, Parameters<typeof read>[0], RowReason]>([
    ['a value that was not frozen', { sent: ['visit'] }, { code: 'ROW_VALUE_MISSING', column: 'visit' }],
    ['a column that was empty', { sent: ['empty'] }, { code: 'ROW_VALUE_MISSING', column: 'empty' }],
    [
      'an option without its value',
      { call: { greeting: '{{visit}}' } },
      { code: 'ROW_VALUE_MISSING', column: 'visit' },
    ],
    [
      'a consent that the row does not give',
      { fields: { consent: '{{ward}}' } },
      { code: 'ROW_CONSENT_MISSING', column: 'ward' },
    ],
  ])('is not called with %s', (_, options, reason) => {
    expect(read(options)).toMatchObject(reason);
  });

  test('is not called with a value that the provider would take for its own', () => {
    const reason = { code: 'ROW_VALUE_PLACEHOLDER', column: 'patient_name' };
    expect(read({ sent: ['patient_name'] }, { variables: { patient_name: 'Ada [x]' } })).toEqual(reason);
  });
});

function frozenReaderOf(recipient: FrozenRecipient): unknown {
  const { recipients, call, variables: constants } = list({});
  const plan = { recipients, call, constants, sent: [], hasPlaceholder: () => false, isSuppressed: () => false };
  return frozenReader(plan)({ recipient, place });
}
