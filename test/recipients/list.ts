import { compileTemplate } from '../../src/campaign/template/compile.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { RecipientsBlock } from '../../src/model/recipients-block.ts';
import type { Template, TemplateTree } from '../../src/model/template.ts';
import type { Scalars } from '../../src/model/value.ts';

const place = { file: 'campaign.yaml', line: 20, col: 3 };

/** The parts of a campaign that reading recipients needs; fields as a file would write them. */
export type WrittenList = {
  readonly fields?: Partial<
    Record<'id' | 'phone' | 'country' | 'timezone' | 'notBefore' | 'notAfter' | 'consent', string>
  >;
  readonly variables?: Readonly<Record<string, string>>;
  readonly constants?: Scalars;
  readonly call?: Readonly<Record<string, string | readonly string[]>>;
  readonly block?: Partial<RecipientsBlock>;
};

export type List = Pick<Campaign, 'recipients' | 'call' | 'variables'>;

/** A clinic's list in Nigeria, read by id and mobile, unless said otherwise. */
export function list({ fields = {}, variables = {}, constants = {}, call = {}, block = {} }: WrittenList = {}): List {
  const compiled = (source: string): Template => {
    const result = compileTemplate(source, place, { constants, locale: 'en' });
    if (result.kind === 'failed') throw new Error(JSON.stringify(result.diagnostics));
    return result.template;
  };
  const written = { id: '{{id}}', phone: '{{mobile}}', country: 'NG', timezone: 'Africa/Lagos', ...fields };
  const templates = Object.fromEntries(
    Object.entries(written).flatMap(([name, source]) => (source === '' ? [] : [[name, compiled(source)]])),
  );
  const leaf = (source: string): TemplateTree => ({ kind: 'template', template: compiled(source) });
  const entries = Object.entries(call).map(([name, source]): [string, TemplateTree] => [
    name,
    typeof source === 'string' ? leaf(source) : { kind: 'list', items: source.map(leaf) },
  ]);
  return {
    variables: constants,
    call: {
      kind: 'map',
      entries: { tts_voice_accent: { kind: 'literal', value: 'pidgin' }, ...Object.fromEntries(entries) },
    },
    recipients: {
      at: place,
      sources: [],
      phone: compiled(written.phone),
      samePhone: 'report',
      suppress: [],
      maxInvalid: { kind: 'rows', rows: 0 },
      ...templates,
      variables: Object.fromEntries(Object.entries(variables).map(([name, source]) => [name, compiled(source)])),
      ...block,
    },
  };
}
