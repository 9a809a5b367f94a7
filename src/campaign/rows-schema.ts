import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { parseIsoDate } from '../model/iso-date.ts';
import type { Row, RowReason } from '../model/recipient.ts';

export type RowsSchema =
  | { readonly kind: 'schema'; readonly check: (cells: Row['cells']) => RowReason | undefined }
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Compiles a JSON Schema for rows. Empty cells are missing, and a text counts as the number or boolean that it writes.
 * Loading Ajv takes long, so this file is imported where a campaign has such a schema.
 */
export function compileRowsSchema(text: string): RowsSchema {
  try {
    const ajv = new Ajv2020({
      coerceTypes: true,
      allowUnionTypes: true,
      strictRequired: false,
      strictTypes: false,
      logger: false,
    });
    ajv.addFormat('date', (value) => parseIsoDate(value)?.time === undefined && parseIsoDate(value) !== undefined);
    ajv.addFormat('date-time', (value) => parseIsoDate(value)?.time !== undefined);
    const schema: unknown = JSON.parse(text);
    if (typeof schema !== 'object' || schema === null) return { kind: 'failed', problem: 'it is no object' };
    const validate = ajv.compile(schema);
    return {
      kind: 'schema',
      check: (cells) => {
        const filled = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell.trim() !== ''));
        return validate(filled) ? undefined : reasonOf(validate.errors?.[0]);
      },
    };
  } catch (error) {
    if (error instanceof Error) return { kind: 'failed', problem: error.message };
    throw error;
  }
}

/** What the schema asks for, and of which column; Ajv's words quote the schema, never the value. */
function reasonOf(error: ErrorObject | undefined): RowReason {
  const params: Readonly<Record<string, unknown>> = error?.params ?? {};
  const named = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  const column = typeof named === 'string' ? named : columnOf(error?.instancePath ?? '');
  const detail = typeof params['missingProperty'] === 'string' ? 'it must be there' : error?.message;
  return {
    code: 'ROW_SCHEMA',
    ...(column === undefined ? {} : { column }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function columnOf(pointer: string): string | undefined {
  const [, first] = pointer.split('/');
  return first?.replaceAll('~1', '/').replaceAll('~0', '~');
}
