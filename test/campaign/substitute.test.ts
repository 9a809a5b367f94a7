import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeReferences, readReferences } from '../../src/campaign/substitute-text.ts';
import { campaign, clinic, edited, found, read } from './clinic.ts';

function named(name: string, env: Readonly<Record<string, string>> = {}, files = {}): unknown {
  const text = edited(clinic, 'name: Clinic reminder', `name: ${name}`);
  return campaign(text, { env: { INTRON_API_KEY: 'k', ...env }, files }).resource.fields?.['name'];
}

describe('a text may take', () => {
  test.each([
    ['a variable of the environment', 'Clinic ${env.CITY}', { CITY: 'Abuja' }, 'Clinic Abuja'],
    ['a default where the variable is not set', 'Clinic ${env.CITY:-Lagos}', {}, 'Clinic Lagos'],
    ['a default where the variable is empty', 'Clinic ${env.CITY:-Lagos}', { CITY: '' }, 'Clinic Lagos'],
    ['an empty default', 'Clinic${env.CITY:-}', {}, 'Clinic'],
    ['several of them', '${env.A}-${env.B}', { A: 'x', B: 'y' }, 'x-y'],
    ['what looks like a substitution, as it is', 'Clinic $${env.CITY}', {}, 'Clinic ${env.CITY}'],
    [
      'a value with a substitution in it, as it is',
      'Clinic ${env.CITY}',
      { CITY: '${env.HOME}' },
      'Clinic ${env.HOME}',
    ],
    ['a dollar sign', 'Clinic $5 $', {}, 'Clinic $5 $'],
    ['a variable without its last line end', '${env.CITY}!', { CITY: 'Abuja\n' }, 'Abuja!'],
    ['a variable without what an editor on Windows left', '${env.CITY}!', { CITY: 'Abuja\r' }, 'Abuja!'],
    ['a default where the variable is but a line end', '${env.CITY:-Lagos}', { CITY: '\r\n' }, 'Lagos'],
  ])('%s', (_what, name, env, result) => {
    expect(named(name, env)).toBe(result);
  });

  test('the text of a file, without its last line end', () => {
    expect(named('"${file.name.txt}!"', {}, { 'name.txt': 'Garki\n' })).toBe('Garki!');
  });
});

test('a file that is not read yet is wanted, by its absolute path', () => {
  const text = edited(clinic, 'name: Clinic reminder', 'name: ${file.../shared/name.txt}');
  expect(read(text).wanted).toEqual(['/shared/name.txt']);
});

test('a dollar sign before a template is no substitution', () => {
  const text = edited(clinic, 'see you at {{time}}.', 'you owe ${{time}}.');
  expect(campaign(text).resource.fields?.['message']).toEqual({
    $text: ['Hello ', { variable: 'name' }, ', you owe $', { variable: 'time' }, '.'],
  });
});

test('nothing is taken into a wave', () => {
  expect(found(edited(clinic, '"2026-11-24"', '"${env.WAVE}"'), { env: { INTRON_API_KEY: 'k', WAVE: 'w' } })).toEqual([
    '3:7 VALUE_FORM',
  ]);
});

test('the variable that was probably meant is named', () => {
  const text = edited(clinic, 'name: Clinic reminder', 'name: ${env.CLINIC_NMAE}');
  const [only] = read(text, { env: { INTRON_API_KEY: 'k', CLINIC_NAME: 'Garki' } }).diagnostics;
  expect(only).toMatchObject({ code: 'SUBSTITUTION_UNSET', args: { name: 'CLINIC_NMAE', meant: 'CLINIC_NAME' } });
});

describe('a secret', () => {
  test('is returned apart, and stands nowhere else', () => {
    const { secrets, ...rest } = campaign(clinic, { env: { INTRON_API_KEY: 'sk-12345' } });
    expect([...secrets]).toEqual([['${env.INTRON_API_KEY}', 'sk-12345']]);
    expect(rest.provider.credential).toBe('${env.INTRON_API_KEY}');
    expect(JSON.stringify(rest)).not.toContain('sk-12345');
  });

  test('that is missing is no finding, but named', () => {
    const built = read(clinic, { env: {} });
    expect(built).toMatchObject({ diagnostics: [], missingSecrets: ['INTRON_API_KEY'] });
    expect(built.campaign?.secrets.get('${env.INTRON_API_KEY}')).toBeUndefined();
  });

  test('that is empty is missing', () => {
    expect(read(clinic, { env: { INTRON_API_KEY: '' } }).missingSecrets).toEqual(['INTRON_API_KEY']);
  });

  test('may stand in a file', () => {
    const text = edited(clinic, '${env.INTRON_API_KEY}', '${file.secrets/key}');
    const { secrets } = campaign(text, { files: { 'secrets/key': 'sk-12345\n' } });
    expect([...secrets.values()]).toEqual(['sk-12345']);
  });

  test('with a mistake in it is not quoted', () => {
    const text = edited(clinic, '${env.INTRON_API_KEY}', '"${env.A}${B} sk-12345"');
    const built = read(text, { env: { A: 'x' } });
    expect(built.diagnostics).toMatchObject([{ code: 'SUBSTITUTION_SYNTAX', args: { text: '${B}' } }]);
  });

  test('is secret also where the provider is named by the environment', () => {
    const text = edited(clinic, 'type: intron', 'type: ${env.PROVIDER}');
    const { secrets } = campaign(text, { env: { PROVIDER: 'intron', INTRON_API_KEY: 'sk-12345' } });
    expect([...secrets.values()]).toEqual(['sk-12345']);
  });
});

test('an escaped text is read as itself', () => {
  const marks = fc.array(fc.constantFrom('$', '{', '}', '$${', '${env.A}', '${', '{{', '}}', 'a'), { maxLength: 12 });
  fc.assert(
    fc.property(marks, (parts) => {
      const text = parts.join('');
      const pieces = readReferences(escapeReferences(text));
      expect(pieces.every(({ kind }) => kind === 'text')).toBe(true);
      expect(pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')).toBe(text);
    }),
  );
});
