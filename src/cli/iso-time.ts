import { offsetMs } from '../ledger/local-time.ts';

/** An instant as ISO 8601 with the zone's offset, to the second: `2026-11-24T10:00:00+01:00`. */
export function isoTime(atMs: number, zone: string): string {
  const offset = offsetMs(zone, atMs);
  const minutes = Math.abs(offset) / 60_000;
  const [hour, minute] = [minutes / 60, minutes % 60].map((value) => String(Math.floor(value)).padStart(2, '0'));
  const local = new Date(atMs + offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${hour ?? '00'}:${minute ?? '00'}`;
}

/** An instant as ISO 8601 in UTC, with its milliseconds: `2026-11-24T09:00:00.000Z`. */
export function utcTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
