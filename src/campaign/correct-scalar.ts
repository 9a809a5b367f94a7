import type { Schema } from './schema.ts';
import type { SourcedScalar } from './sourced.ts';

/** `"2348031234567"` for an unquoted number where text is wanted, `true` for yes; undefined where nothing is obvious. */
export function correctScalar(schema: Schema, { value, written }: SourcedScalar): string | undefined {
  const { type, pattern } = schema;
  const wanted = [type].flat();
  if (value === null) return undefined;
  if (typeof value !== 'string') {
    return wanted.includes('string') && new RegExp(typeof pattern === 'string' ? pattern : '').test(written)
      ? JSON.stringify(written)
      : undefined;
  }
  if (wanted.includes('integer') && /^\d+$/.test(value)) return value;
  return wanted.includes('boolean') ? booleanWords[value.toLowerCase()] : undefined;
}

/** What other readers of YAML, or the writer in haste, take for true and false. */
const booleanWords: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  true: 'true',
  no: 'false',
  off: 'false',
  false: 'false',
};
