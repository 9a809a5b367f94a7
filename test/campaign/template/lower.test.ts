import { describe, expect, test } from 'vitest';
import { lowered, lowerFindings } from './reminder.ts';

const constants = {
  clinic: 'Garki Hospital',
  opens: '2026-11-24T08:00',
  since: '2026-11-24T08:00Z',
  fee: 1500,
  empty: '',
};
const name = { variable: 'patient_name' };

describe('lowering', () => {
  test.each([
    ['Hello {{patient_name}}, this is {{clinic}}.', ['Hello ', name, ', this is Garki Hospital.']],
    ['{{patient_name}}', [name]],
    ['{{patient_name}}{{patient_name}}', [name, name]],
    ['{{[First Name]}}', [{ variable: 'First Name' }]],
    ['{{clinic}}', ['Garki Hospital']],
    ['', []],
    ['{{! nothing }}', []],
    ['{{upper clinic}} {{fee}}', ['GARKI HOSPITAL 1500']],
    ["{{formatDate opens 'd MMMM, HH:mm'}}", ['24 November, 08:00']],
    ['{{formatNumber fee}}', ['1,500']],
    ['{{default empty clinic}}', ['Garki Hospital']],
    ['{{default empty patient_name}}', [name]],
    ["{{default clinic patient_name 'x'}}", ['Garki Hospital']],
    ['{{#if empty}}a{{else}}b {{patient_name}}{{/if}}', ['b ', name]],
    ["{{#if (eq clinic 'Garki Hospital')}}a{{/if}}", ['a']],
    ["{{#unless (eq fee '1500')}}a{{/unless}}", []],
    ["a{{#if (eq empty 'x')}}b{{/if}}", ['a']],
  ])('%j leaves text and names', (source, text) => {
    expect(lowered(source, constants)).toEqual(text);
  });

  test.each([
    ["{{formatDate visit 'd MMMM'}}", 'helper'],
    ["{{formatDate since 'HH:mm'}}", 'zone'],
    ["{{formatDate opens 'HH:mm z'}}", 'zone'],
    ['{{upper patient_name}}', 'helper'],
    ['{{formatNumber owed}}', 'helper'],
    ["{{eq patient_name 'Ada'}}", 'helper'],
    ["{{default nickname 'friend'}}", 'default'],
    ['{{default nickname patient_name}}', 'default'],
    ['{{#if nickname}}a{{/if}}', 'condition'],
    ["{{#unless (eq nickname 'x')}}a{{/unless}}", 'condition'],
  ])('%s stays a matter of each recipient', (source, obstacle) => {
    const expression = source.startsWith('{{#') ? source.slice(0, source.indexOf('}}') + 2) : source;
    expect(lowerFindings(source, constants)).toMatchObject([
      { code: 'TEMPLATE_NOT_LOWERABLE', args: { expression, obstacle } },
    ]);
  });

  test('puts in whole names only', () => {
    expect(lowered('{{clinic}} {{clinic_phone}} {{my_clinic}}', constants)).toEqual([
      'Garki Hospital ',
      { variable: 'clinic_phone' },
      ' ',
      { variable: 'my_clinic' },
    ]);
  });

  test('puts a constant in as text, whatever it holds', () => {
    expect(lowered('{{clinic}}', { clinic: '{{patient_name}}' })).toEqual(['{{patient_name}}']);
  });
});
