import { parseIsoDate } from '../model/iso-date.ts';
import type { RecipientsBlock } from '../model/recipients-block.ts';
import type { E164, RowReason } from '../model/recipient.ts';
import type { RenderInput, Template } from '../model/template.ts';
import { parseLocalInstant } from './instant.ts';
import { parsePhone } from './phone.ts';
import { isZone } from './zone.ts';

/** A field of a recipient, or why the row has none. */
export type Field<T> =
  | { readonly kind: 'field'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: RowReason };

/** `recipients.phone`, with `recipients.country`. */
export function readPhone({ phone, country }: RecipientsBlock, input: RenderInput): Field<E164> {
  const cell = renderText(phone, input);
  if (cell.kind === 'failed') return missingAs(cell.reason, 'ROW_PHONE_MISSING');
  const said = country && renderText(country, input);
  if (said?.kind === 'failed' && said.reason.code !== 'ROW_VALUE_MISSING') return said;
  // A number with its country code needs no country; one without it is told by the parser.
  const parsed = parsePhone(cell.value, said?.kind === 'field' ? said.value.trim() : undefined);
  if (parsed.kind === 'phone' && parsed.isPremium) return failed({ code: 'ROW_PHONE_PREMIUM', ...columnOf(phone) });
  if (parsed.kind === 'phone') return { kind: 'field', value: parsed.phone };
  const { code, detail } = parsed;
  return failed({ code, ...columnOf(phone), ...(detail === undefined ? {} : { detail }) });
}

/** `recipients.id`; the phone where the campaign names no id. */
export function readKey(id: Template | undefined, phone: E164, input: RenderInput): Field<string> {
  if (id === undefined) return { kind: 'field', value: phone };
  const rendered = renderText(id, input);
  if (rendered.kind === 'failed') return missingAs(rendered.reason, 'ROW_ID_MISSING');
  const key = rendered.value.trim();
  return key === '' ? failed({ code: 'ROW_ID_MISSING', ...columnOf(id) }) : { kind: 'field', value: key };
}

/** `recipients.timezone`; undefined where the campaign or the row says none. */
export function readZone(timezone: Template | undefined, input: RenderInput): Field<string | undefined> {
  if (timezone === undefined) return { kind: 'field', value: undefined };
  const rendered = renderText(timezone, input);
  if (rendered.kind === 'failed' && rendered.reason.code === 'ROW_VALUE_MISSING') {
    return { kind: 'field', value: undefined };
  }
  if (rendered.kind === 'failed') return rendered;
  const zone = rendered.value.trim();
  if (zone === '') return { kind: 'field', value: undefined };
  return isZone(zone) ? { kind: 'field', value: zone } : failed({ code: 'ROW_ZONE_UNKNOWN', ...columnOf(timezone) });
}

/**
 * `recipients.not_before` and `not_after` in epoch ms; undefined where the campaign says none or the template gives
 * an empty text. A time that clocks show twice is taken so that nobody is called outside of it.
 */
export function readTime(
  template: Template | undefined,
  input: RenderInput,
  side: 'earliestMs' | 'latestMs',
): Field<number | undefined> {
  if (template === undefined) return { kind: 'field', value: undefined };
  const rendered = renderText(template, input);
  if (rendered.kind === 'failed') return rendered;
  if (rendered.value.trim() === '') return { kind: 'field', value: undefined };
  const instant = parseLocalInstant(rendered.value, input.zone);
  if (instant.kind === 'instant') return { kind: 'field', value: instant[side] };
  return failed({ code: 'ROW_TIME_INVALID', ...columnOf(template), detail: instant.detail });
}

/** Why `recipients.consent` does not say that a person has agreed; undefined where it does, or nothing asks. */
export function checkConsent(consent: Template | undefined, input: RenderInput): RowReason | undefined {
  if (consent === undefined) return undefined;
  const rendered = renderText(consent, input);
  if (rendered.kind === 'failed' && rendered.reason.code !== 'ROW_VALUE_MISSING') return rendered.reason;
  const said = rendered.kind === 'field' ? rendered.value.trim() : '';
  if (/^(?:yes|true|1)$/i.test(said) || parseIsoDate(said) !== undefined) return undefined;
  return { code: 'ROW_CONSENT_MISSING', ...columnOf(consent) };
}

/** The column to name in a reason, where the template reads one only. */
function columnOf({ uses }: Template): { readonly column?: string } {
  const [only, ...more] = uses;
  return only !== undefined && more.length === 0 ? { column: only } : {};
}

function renderText(template: Template, input: RenderInput): Field<string> {
  const rendered = template.render(input);
  if (rendered.kind === 'failed') return rendered;
  return { kind: 'field', value: String(rendered.value) };
}

/** Which field a row lacks says more than that a value is missing. */
function missingAs(reason: RowReason, code: RowReason['code']): { kind: 'failed'; reason: RowReason } {
  return failed(reason.code === 'ROW_VALUE_MISSING' ? { ...reason, code } : reason);
}

function failed(reason: RowReason): { kind: 'failed'; reason: RowReason } {
  return { kind: 'failed', reason };
}
