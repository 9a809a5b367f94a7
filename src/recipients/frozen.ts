import type { FrozenRecipient } from '../model/wave.ts';
import type { Recipient, RowPlace, RowReason } from '../model/recipient.ts';
import { checkConsent, type Field } from './read-fields.ts';
import { callReader, type ReadPlan } from './read.ts';
import { checkText, sentValues } from './sent.ts';

/** A frozen recipient, and where it stands. */
export type FrozenRow = { readonly recipient: FrozenRecipient; readonly place: RowPlace };

/**
 * Reads recipients of an earlier wave: who they are and what they are told stays as it was; the options of the call and the
 * do-not-call lists are those of now, and so is the rule of consent. A file that asks for more than was frozen gives a reason, as a row without it would.
 */
export function frozenReader(plan: ReadPlan): (row: FrozenRow) => Field<Recipient> {
  const readCall = callReader(plan);
  return ({ recipient, place }) => {
    const { key, phone, zone, notBeforeMs, notAfterMs, row, variables } = recipient;
    const input = zone === undefined ? { values: row } : { values: row, zone };
    const reason = checkConsent(plan.recipients.consent, input) ?? lacks(recipient, plan);
    if (reason !== undefined) return { kind: 'failed', reason };
    const call = readCall(recipient);
    if (call.kind === 'failed') return call;
    const value = {
      key,
      phone,
      ...(zone === undefined ? {} : { zone }),
      ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
      ...(notAfterMs === undefined ? {} : { notAfterMs }),
      row,
      variables,
      call: call.value,
      source: place,
      suppressed: plan.isSuppressed(phone),
    };
    return { kind: 'field', value };
  };
}

/** A column that is sent must be filled; a variable may be empty, if its template let it. */
function lacks(recipient: FrozenRecipient, { sent = [], constants, hasPlaceholder }: ReadPlan): RowReason | undefined {
  const values = sentValues(recipient, sent, constants);
  for (const name of sent) {
    const value = values[name];
    const isFilled = Object.hasOwn(recipient.variables, name) || String(value ?? '').trim() !== '';
    if (value === undefined || !isFilled) return { code: 'ROW_VALUE_MISSING', column: name };
    const reason = Object.hasOwn(constants, name) ? undefined : checkText(value, name, hasPlaceholder);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
