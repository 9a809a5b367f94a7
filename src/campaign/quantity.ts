import type { Share } from '../model/recipients-block.ts';
import { parseMoney, type Money } from '../model/money.ts';

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `15s`, `30m`, `2h`, `7d` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * unitOf(unit);
}

/** A duration as a campaign file writes it, in the largest unit that is exact; one day is `24h`. */
export function printDuration(ms: number): string {
  if (ms > unitMs.d && ms % unitMs.d === 0) return `${String(ms / unitMs.d)}d`;
  if (ms % unitMs.h === 0) return `${String(ms / unitMs.h)}h`;
  return ms % unitMs.m === 0 ? `${String(ms / unitMs.m)}m` : `${String(Math.ceil(ms / unitMs.s))}s`;
}

/** `1/s`, `30/m`, `500/h`; undefined for anything else. */
export function parseRate(text: string): { readonly calls: number; readonly perMs: number } | undefined {
  const [, calls, unit] = /^(\d{1,6})\/([smh])$/.exec(text) ?? [];
  return calls === undefined ? undefined : { calls: Number(calls), perMs: unitOf(unit) };
}

/** `0.09 USD/min` by the minute; undefined for anything else. */
export function parsePrice(text: string): Money | undefined {
  return text.endsWith('/min') ? parseMoney(text.slice(0, -'/min'.length)) : undefined;
}

/** `09:00` in minutes since midnight; undefined for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** A count of rows, or `1%` of them; undefined for anything else. */
export function parseShare(value: unknown): Share | undefined {
  if (typeof value === 'number') return { kind: 'rows', rows: value };
  const percent = typeof value === 'string' ? parsePercent(value) : undefined;
  return percent === undefined ? undefined : { kind: 'percent', percent };
}

/** `2.5%`; undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const percent = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text)?.[1];
  return percent === undefined ? undefined : Number(percent);
}

function unitOf(unit: string | undefined): number {
  return unit === 'd' ? unitMs.d : unit === 'h' ? unitMs.h : unit === 'm' ? unitMs.m : unitMs.s;
}
