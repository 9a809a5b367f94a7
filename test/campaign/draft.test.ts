import { describe, expect, test } from 'vitest';
import { unknownNames } from '../../src/campaign/check-names.ts';
import { clinic, edited, read, spot } from './clinic.ts';
import type { Surroundings } from './clinic.ts';

const wrong = `${clinic}execution: {rates: 1/s}\n`;

/** Names that nothing brings beside these columns; `none` where they cannot be told. */
function unknown(text: string, given: Surroundings = {}): readonly string[] | 'none' {
  const { draft } = read(text, given);
  return draft === undefined ? 'none' : unknownNames(draft, ['mobile', 'time']).map(spot);
}

describe('the names of a campaign with findings', () => {
  test('are checked, too', () => {
    expect(unknown(wrong)).toEqual(['10:20 NAME_UNKNOWN']);
    expect(unknown(edited(wrong, '  timezone', '  variables: {name: "{{tim}}"}\n  timezone'))).toEqual([
      '14:24 NAME_UNKNOWN',
    ]);
    expect(unknown(`${wrong}variables: {name: Ada}\n`)).toEqual([]);
  });

  test('are checked where another template cannot be read', () => {
    expect(unknown(edited(clinic, '  timezone', '  variables: {name: "{{name"}\n  timezone'))).toEqual([]);
    expect(unknown(edited(clinic, '{{mobile}}', '{{mobile'))).toEqual(['10:20 NAME_UNKNOWN']);
  });

  test('are checked against the file that the command line names', () => {
    const { draft } = read(wrong, { recipientsFile: 'friday.csv' });
    expect(draft?.recipients.sources).toMatchObject([{ kind: 'csv', file: 'friday.csv', path: '/friday.csv' }]);
  });

  test.each([
    ['a key that may be misspelt variables', `${wrong}varriables: {name: Ada}\n`],
    ['such a key of an environment', `${wrong}environments: {prod: {varriables: {name: Ada}}}\n`],
    ['such a key of the recipients', edited(wrong, '  timezone', '  vars: {name: Ada}\n  timezone')],
    ['variables that are no map', `${wrong}variables: [name]\n`],
    ['recipient variables that are broken', edited(wrong, '  timezone', '  variables: *common\n  timezone')],
    ['a source that is of no kind', edited(wrong, '{csv: recipients.csv}', '{file: recipients.csv}')],
    ['a source that is no path', edited(wrong, '{csv: recipients.csv}', '{csv: [recipients.csv]}')],
    ['rows that are no maps', edited(wrong, '{csv: recipients.csv}', '{rows: [Ada]}')],
    ['cells that are lists', edited(wrong, '{csv: recipients.csv}', '{rows: [{mobile: [1]}]}')],
    ['no sources', edited(wrong, '  from: [{csv: recipients.csv}]\n', '')],
    ['recipients that are missing', edited(wrong, 'recipients:', 'x-recipients:')],
  ])('are not checked behind %s', (_what, text) => {
    expect(unknown(text)).toBe('none');
  });
});
