import type { RowReasonCode } from '../../model/recipient.ts';
import type { JsonValue } from './json-text.ts';

/** A value as the text of a cell; undefined for an empty one. */
export type CellText =
  | { readonly kind: 'cell'; readonly text: string | undefined }
  | { readonly kind: 'rejected'; readonly code: RowReasonCode };

/** A value of JSON. Numbers keep their digits; whole ones that programs round are rejected. */
export function jsonCell(value: JsonValue): CellText {
  if (value === null) return { kind: 'cell', text: undefined };
  if (typeof value === 'string') return { kind: 'cell', text: value };
  if (typeof value === 'boolean') return { kind: 'cell', text: String(value) };
  if ('number' in value) return numberCell(value.number);
  return { kind: 'rejected', code: 'ROW_CELL_TYPE' };
}

/** A number as it is written, unless it is whole and beyond what a double holds exactly. */
export function numberCell(written: string): CellText {
  const isLossy = Math.abs(Number(written)) > Number.MAX_SAFE_INTEGER;
  return isLossy ? { kind: 'rejected', code: 'ROW_CELL_DIGITS' } : { kind: 'cell', text: written };
}
