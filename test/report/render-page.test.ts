import { expect, test } from 'vitest';
import { renderPage } from '../../src/report/render-page.ts';
import { viewWith } from '../../src/report/style.ts';

const page = `# PHONE_UNQUOTED

A phone number without quotes is a number in YAML: it loses its plus
and its leading zero.

\`\`\`yaml
phone: "+2348031234567"
\`\`\`

- quote it, everywhere
  in the file
- or take it from a column that is read as text
1. first

| a | b |
| c | d |
`;

test('wraps prose and list items, keeps code and tables', () => {
  expect(renderPage(page, viewWith({ columns: 40, color: false }))).toMatchInlineSnapshot(`
    "PHONE_UNQUOTED

    A phone number without quotes is a
    number in YAML: it loses its plus and
    its leading zero.

      phone: "+2348031234567"

    - quote it, everywhere in the file
    - or take it from a column that is read
      as text
    1. first

    | a | b |
    | c | d |
    "
  `);
});

test('makes headings and code stand out', () => {
  const text = renderPage(page, viewWith({ columns: 40, color: true }));
  expect(text).toContain('\u001B[1mPHONE_UNQUOTED\u001B[22m');
  expect(text).toContain('\u001B[36m  phone: "+2348031234567"\u001B[39m');
});
