/**
 * The `call` block of a campaign, rendered for one recipient: what a row may say there, and how it goes on the wire.
 * Page: dial/create-outbound-call (read 2026-11-21), see docs/providers/happyrobot.md.
 */
import { parseInstant, printInstant } from '../../model/instant.ts';
import type { RowReason } from '../../model/recipient.ts';
import type { Fields, Value } from '../../model/value.ts';

const languages: readonly string[] = [
  'en-US',
  'en-GB',
  'es-MX',
  'es-ES',
  'es-CO',
  'pt-PT',
  'de-DE',
  'fr-FR',
  'pl-PL',
  'ro-RO',
  'it-IT',
  'zh-CN',
  'hi-IN',
  'ja-JP',
  'sv-SE',
];

const id: Rule = { test: (text) => /^[A-Za-z0-9]{24}$/.test(text), needs: '24 letters and digits' };

/** Options with a form of their own; written out they are checked with the file, from a template only here. */
const rules: Readonly<Record<string, Rule>> = {
  number_id: id,
  agent_id: id,
  prompt_id: id,
  language: oneOf(languages),
  model: oneOf(['Fast', 'Balanced', 'Robust']),
  max_duration_mins: { test: (text) => /^[1-9]\d{0,3}$/.test(text), needs: 'a whole number of minutes' },
  scheduled_for: {
    test: (text) => parseInstant(text) !== undefined,
    needs: 'an ISO 8601 date and time with Z or an offset',
  },
};

type Rule = { readonly test: (text: string) => boolean; readonly needs: string };

/** What is wrong with the options of a row. */
export function checkOptions(options: Fields): RowReason | undefined {
  for (const [name, { test, needs }] of Object.entries(rules)) {
    const said = options[name];
    if (said === undefined || (isLeftOut(said) && name !== 'number_id')) continue;
    const text = typeof said === 'number' ? String(said) : trimmed(said);
    if (typeof text !== 'string' || !test(text)) return { code: 'ROW_CALL_OPTION', detail: `${name} is ${needs}` };
  }
  return undefined;
}

/** When the provider is to dial, epoch ms; undefined: at once. */
export function scheduledMs({ scheduled_for: said }: Fields): number | undefined {
  return typeof said === 'string' ? parseInstant(said.trim()) : undefined;
}

/** The options as they are sent: a template that came out empty says nothing, a time is told in UTC, minutes are a number. */
export function sentOptions(options: Fields): Fields {
  const said = Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (isLeftOut(value) ? [] : [[name, trimmed(value)] as const])),
  );
  const { max_duration_mins: minutes } = said;
  const atMs = scheduledMs(said);
  return {
    ...said,
    ...(minutes === undefined ? {} : { max_duration_mins: Number(minutes) }),
    ...(atMs === undefined ? {} : { scheduled_for: printInstant(atMs) }),
  };
}

function trimmed(value: Value): Value {
  return typeof value === 'string' ? value.trim() : value;
}

function isLeftOut(value: Value): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function oneOf(known: readonly string[]): Rule {
  return { test: (text) => known.includes(text), needs: `one of ${known.join(', ')}` };
}
