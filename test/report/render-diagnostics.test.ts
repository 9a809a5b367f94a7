import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { frame } from '../../src/report/frame.ts';
import { renderDiagnostics } from '../../src/report/render-diagnostics.ts';
import { styleOf } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/width.ts';
import { clinic, edited, read } from '../campaign/clinic.ts';

function rendered(text: string, view = { color: false, columns: 80 }): string {
  return renderDiagnostics(read(text).diagnostics, new Map([['campaign.yaml', text]]), view);
}

describe('findings are shown', () => {
  test('with place, code, sentence, lines, mark and help', () => {
    const text = edited(clinic, 'workflow_type: ROBOCALL', 'workflow_type: ROBOCAL');
    expect(rendered(text)).toBe(`campaign.yaml:9:18 error VALUE_ENUM
  workflow.workflow_type is "ROBOCAL", not one of ROBOCALL or CONVERSATION
 8 |   name: Clinic reminder
 9 |   workflow_type: ROBOCAL
   |                  ^^^^^^^
  help: did you mean ROBOCALL?

1 error. "callplan explain CODE" says more about each.
`);
  });

  test('with the other places that matter', () => {
    const text = edited(clinic, '  workflow_type: ROBOCALL', '  workflow_type: ROBOCALL\n  name: Other');
    expect(rendered(text)).toContain('\n  see also campaign.yaml:8:3\n');
  });

  test('without lines where the file is not at hand, without a place where there is none', () => {
    const at = { file: 'b.yaml', line: 3, col: 1 };
    const shown = renderDiagnostics(
      [
        { code: 'FILE_MISSING', args: { path: 'a.yaml' } },
        { code: 'YAML_TAB', args: { lines: 1 }, at },
        { code: 'YAML_TAB', args: { lines: 1 }, at: { ...at, file: 'c.yaml' } },
      ],
      new Map(),
      { color: false, columns: 80 },
    );
    expect(shown.split('\n').filter((line) => !line.startsWith('  '))).toEqual([
      'error FILE_MISSING',
      '',
      'b.yaml:3:1 error YAML_TAB',
      '',
      'c.yaml:3:1 error YAML_TAB',
      '',
      '3 errors in 2 files. "callplan explain CODE" says more about each.',
      '',
    ]);
  });

  test('not at all where there are none', () => {
    expect(renderDiagnostics([], new Map(), { color: true, columns: 80 })).toBe('');
  });

  test('in colour only where asked', () => {
    const text = edited(clinic, 'ROBOCALL', 'ROBOCAL');
    const coloured = rendered(text, { color: true, columns: 80 });
    expect(coloured).toContain('\u001B[31merror\u001B[39m VALUE_ENUM');
    expect(stripVTControlCharacters(coloured)).toBe(rendered(text));
  });

  test('in the columns there are', () => {
    const text = edited(clinic, 'Clinic reminder', `Clinic ${'of the very long name '.repeat(20)}{{x}}`);
    for (const columns of [40, 80, 120]) {
      for (const line of rendered(text, { color: true, columns }).split('\n').slice(1)) {
        if (!line.startsWith('1 error')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }
    }
  });

  test('without the secrets that stand in the file', () => {
    const text = edited(clinic, 'api_key: ${env.INTRON_API_KEY}', 'api_key: sk-live-12345\n  bas_url: x');
    expect(rendered(text)).toContain(' 6 |   api_key: *************\n   |            ^^^^^^^^^^^^^\n');
    expect(rendered(text)).not.toContain('sk-live');
    const block = edited(
      clinic,
      'api_key: ${env.INTRON_API_KEY}',
      'api_key: |\n    sk-live-12345\n    sk-live-6\n  bas_url: x',
    );
    expect(rendered(block)).toContain('bas_url');
    expect(rendered(block)).not.toContain('sk-live');
  });

  test('without what a file could do to a terminal', () => {
    const text = edited(clinic, 'Clinic reminder', '"\\e[31m\u001B[2J{{x}}"');
    expect(rendered(text)).not.toContain('\u001B');
  });
});

describe('the lines around a place', () => {
  const style = styleOf({ color: false });
  const framed = (
    lines: readonly string[],
    place: { line: number; col: number; endLine?: number; endCol?: number },
    columns = 40,
  ): readonly string[] => frame(lines, { file: 'f', ...place }, { columns, style, mark: (text) => text });

  test('are the line itself and the one before', () => {
    expect(framed(['a', 'b: 1', 'c: 22'], { line: 3, col: 4, endCol: 6 })).toEqual([
      ' 2 | b: 1',
      ' 3 | c: 22',
      '   |    ^^',
    ]);
  });

  test('have their numbers below each other', () => {
    const lines = Array.from({ length: 10 }, () => 'x');
    expect(framed(lines, { line: 10, col: 1 })).toEqual(['  9 | x', ' 10 | x', '    | ^']);
  });

  test('mark to the end of the line what goes on in the next', () => {
    expect(framed(['message: >-', '  Hello'], { line: 1, col: 10, endLine: 2, endCol: 8 })).toEqual([
      ' 1 | message: >-',
      '   |          ^^',
    ]);
  });

  test('mark one column behind the end of a line', () => {
    expect(framed(['abc'], { line: 1, col: 9 })).toEqual([' 1 | abc', '   |    ^']);
  });

  test('are cut on both sides of the mark where they are long', () => {
    const line = `${'a'.repeat(100)}HERE${'b'.repeat(100)}`;
    const [shown = '', mark = ''] = framed([line], { line: 1, col: 101, endCol: 105 });
    expect(shown).toMatch(/^ 1 \| …a+HEREb+…$/);
    expect(shown.indexOf('HERE')).toBe(mark.indexOf('^'));
    expect(mark).toMatch(/^ {3}\| +\^{4}$/);
    expect(widthOf(shown)).toBeLessThanOrEqual(40);
  });

  test('count wide characters as the terminal does, and tabs as one', () => {
    expect(framed(['\tname: 名前 x'], { line: 1, col: 11, endCol: 12 })).toEqual([
      ' 1 |  name: 名前 x',
      '   |             ^',
    ]);
  });

  test('cut a mark that is longer than the line has room for', () => {
    const [shown = '', mark = ''] = framed(['x'.repeat(500)], { line: 1, col: 1, endCol: 501 });
    expect(widthOf(shown)).toBeLessThanOrEqual(40);
    expect(widthOf(mark)).toBeLessThanOrEqual(40);
  });

  test('are none where the file has no such line', () => {
    expect(framed(['a'], { line: 7, col: 1 })).toEqual([]);
  });
});
