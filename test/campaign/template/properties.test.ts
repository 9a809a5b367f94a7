import * as fc from 'fast-check';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import type { Scalar, Text } from '../../../src/model/value.ts';
import { lowered, said, template } from './reminder.ts';

/** Names that begin with one another, and such that are no identifiers. */
const name = fc.constantFrom('clinic', 'clinic_phone', 'clin', 'my_clinic', 'First Name', 'a', 'ab', 'a.b', '1', 'ä');

/** Pieces without braces, backslashes and line ends, which mean something to Handlebars. */
const words = fc.string({ unit: fc.constantFrom(...Array.from('abc xyz.,:!?"\'<>&[]()#/=é')) });

const piece: fc.Arbitrary<Text[number]> = fc.oneof(
  words,
  name.map((variable) => ({ variable })),
);

const values = fc.dictionary(
  name,
  fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  { noNullPrototype: true },
);

function print(pieces: Text): string {
  return pieces.map((part) => (typeof part === 'string' ? part : `{{[${part.variable}]}}`)).join('');
}

/** What lowering makes of printed text: neighbours joined, nothing empty. */
function joined(pieces: Text): Text {
  const text: Text[number][] = [];
  for (const part of pieces) {
    const last = text.at(-1);
    if (typeof part === 'string' && typeof last === 'string') text[text.length - 1] = last + part;
    else text.push(part);
  }
  return text.filter((part) => part !== '');
}

test('lowering reads back the text that was printed', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(lowered(print(pieces))).toEqual(joined(pieces));
    }),
  );
});

test('folding constants replaces whole names and nothing else', () => {
  fc.assert(
    fc.property(fc.array(piece), values, (pieces, constants) => {
      const replaced = pieces.map((part) =>
        typeof part === 'string'
          ? part
          : Object.hasOwn(constants, part.variable)
            ? (constants[part.variable] ?? '')
            : part,
      );
      expect(lowered(print(pieces), constants)).toEqual(joined(replaced));
    }),
  );
});

test('a value may be folded before or looked up while rendering: both say the same', () => {
  const source = fc.array(
    fc.oneof(
      words,
      name.map((one) => `{{[${one}]}}`),
      name.map((one) => `{{upper [${one}]}}`),
      fc.tuple(name, name).map(([a, b]) => `{{default [${a}] [${b}] 'nobody'}}`),
      fc.tuple(name, name).map(([a, b]) => `{{#if (eq [${a}] [${b}])}}same{{else if [${a}]}}one{{else}}none{{/if}}`),
    ),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(source, values, fc.func(fc.boolean()), (pieces, row, isConstant) => {
      const entries = Object.entries(row);
      const constants: Record<string, Scalar> = Object.fromEntries(entries.filter(([key]) => isConstant(key)));
      expect(said(pieces.join(''), row, { constants })).toEqual(said(pieces.join(''), row));
    }),
  );
});

test('renders as Handlebars does', () => {
  const source = fc.array(
    fc.oneof(
      words,
      fc.constant('\n'),
      fc.constantFrom(
        '{{a}}',
        '{{{ab}}}',
        '{{~a~}}',
        '{{! note }}',
        '{{#if a}}',
        '{{#unless ab}}',
        '{{else}}',
        '{{/if}}',
        '{{/unless}}',
      ),
    ),
  );
  fc.assert(
    fc.property(source, fc.string(), fc.string(), (pieces, a, ab) => {
      const text = pieces.join('');
      fc.pre(a.trim() !== '' && ab.trim() !== '' && parses(text));
      expect(said(text, { a, ab })).toBe(Handlebars.compile(text, { noEscape: true })({ a, ab }));
    }),
    { numRuns: 300 },
  );
});

test('any text is a template or a finding, never an exception', () => {
  const noise = fc.string({
    unit: fc.constantFrom('{{', '}}', '#', '/', 'if', ' ', 'a', '.', '(', ')', '"', '~', '>', '!', '\\', '@', '|'),
  });
  fc.assert(
    fc.property(noise, (source) => {
      fc.pre(!parses(source));
      expect(() => template(source)).toThrow(/TEMPLATE_/);
    }),
  );
});

function parses(source: string): boolean {
  try {
    Handlebars.parse(source);
    return true;
  } catch {
    return false;
  }
}
