import { expect, test } from 'vitest';
import { compileResource } from '../../src/campaign/rendered-resource.ts';
import type { E164 } from '../../src/model/recipient.ts';
import type { Fields } from '../../src/model/value.ts';
import { renderCarried } from '../../src/recipients/carried.ts';

const at = { file: 'campaign.yaml', line: 7, col: 1 };
const options = { constants: { clinic: 'Garki Hospital' }, locale: 'en', at };
const ada = {
  phone: '+2348030000001' as E164,
  row: { first_name: 'Ada', due: '2026-11-25T09:30:00Z' },
  variables: { greeting: 'Good day' },
  zone: 'Africa/Lagos',
};

function rendered(fields: Fields): unknown {
  const compiled = compileResource(fields, ['prompt', 'voice.text'], options);
  if (compiled.kind === 'failed') return compiled.diagnostics;
  const made = renderCarried(compiled.tree, ada, options.constants);
  return made.kind === 'rendered' ? made.fields : made.reason;
}

test('only the named texts of a resource are templates, at any depth; all else goes along as it is', () => {
  const fields = {
    prompt: '{{greeting}} {{first_name}} of {{clinic}}, {{formatDate due "HH:mm"}}',
    voice: { text: '{{upper first_name}}', label: '{{not a template' },
    tools: [{ say: '{{first_name}}' }],
    max_duration_seconds: null,
  };
  expect(rendered(fields)).toEqual({
    ...fields,
    prompt: 'Good day Ada of Garki Hospital, 10:30',
    voice: { text: 'ADA', label: '{{not a template' },
  });
});

test.each([
  ['a text that somebody broke', '{{#if first_name}}Hello', [{ code: 'TEMPLATE_SYNTAX', at }]],
  ['a name that no row brings', '{{last_name}}', { code: 'ROW_VALUE_MISSING', column: 'last_name' }],
])('%s', (_, prompt, expected) => {
  expect(rendered({ prompt })).toMatchObject(expected);
});
