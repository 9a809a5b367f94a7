import { InternalError } from '../../model/internal-error.ts';

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A column that holds text. */
export function textOf(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new InternalError(`column ${name} holds no text`);
  return value;
}

/** A column that holds a number. */
export function numberOf(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new InternalError(`column ${name} holds no number`);
  return value;
}

/** A column that may hold text. */
export function textIn(row: Row, name: string): string | undefined {
  return row[name] === null ? undefined : textOf(row, name);
}

/** A column that may hold a number. */
export function numberIn(row: Row, name: string): number | undefined {
  return row[name] === null ? undefined : numberOf(row, name);
}
