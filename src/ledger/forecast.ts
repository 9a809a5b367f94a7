import type { Execution } from '../model/execution.ts';
import { isAnyTime, type Hours } from '../model/hours.ts';
import type { Limits } from './span.ts';
import { isOpen, nextOpening } from './window.ts';

type Places = readonly (readonly string[])[];

/** When calling would begin and end, if every recipient were called once and nothing went wrong. */
export type Forecast = {
  /** Epoch ms. */
  readonly firstMs: number;
  /** The zone of those who may be called then. */
  readonly firstZone: string;
  /** Epoch ms: no sooner than the latest place opens, as people wait there. */
  readonly lastMs: number;
  readonly lastZone: string;
};

/** A call holds its slot about so long, where nothing better is known. */
const usualCallMs = 60_000;
const stepMs = 5 * 60_000;
/** A forecast that far out says enough. */
const longestMs = 366 * 86_400_000;
const never = Number.POSITIVE_INFINITY;

/**
 * Rate and concurrency give the time that the calls need; it passes only while calls may be made to some of the people.
 * Undefined where nobody is to be called or no window ever opens in time.
 * @param places zones that people are in, most common first; of each entry all must be open
 */
export function forecast(
  execution: Pick<Execution, 'rate' | 'concurrency'> & Hours & Limits,
  people: number,
  places: Places,
  nowMs: number,
): Forecast | undefined {
  const { rate, concurrency, startAtMs = nowMs, endAtMs = never, expireAfterMs = never } = execution;
  const latestMs = Math.min(endAtMs, nowMs + expireAfterMs);
  const opens = openings(execution, places, Math.max(nowMs, startAtMs));
  const firstMs = Math.min(never, ...opens);
  if (people === 0 || firstMs === never || firstMs > latestMs) return undefined;
  const paceMs = Math.max(rate.perMs / rate.calls, usualCallMs / concurrency);
  let leftMs = (people - 1) * paceMs;
  let atMs = firstMs;
  while (leftMs > 0 && atMs - firstMs < longestMs) {
    const step = Math.min(stepMs, leftMs);
    leftMs -= step;
    atMs = opening(execution, places, atMs + step);
  }
  const inTime = opens.filter((ms) => ms !== never && ms <= latestMs);
  const lastMs = Math.max(Math.min(atMs, firstMs + longestMs, latestMs), ...inTime);
  const zone = (ms: number): string => openZone(execution, places, ms) ?? 'UTC';
  return { firstMs, firstZone: zone(firstMs), lastMs, lastZone: zone(lastMs) };
}

/** The zone of the most common place that is open at an instant, or of the most common one where none is. */
export function openZone(hours: Hours, places: Places, atMs: number): string | undefined {
  return (places.find((zones) => isOpen(hours, zones, atMs)) ?? places[0])?.[0];
}

function opening(hours: Hours, places: Places, fromMs: number): number {
  if (isAnyTime(hours) || places.some((zones) => isOpen(hours, zones, fromMs))) return fromMs;
  return Math.min(never, ...openings(hours, places, fromMs));
}

/** When each place opens first. */
function openings(hours: Hours, places: Places, fromMs: number): readonly number[] {
  if (isAnyTime(hours)) return [fromMs];
  return places.map((zones) => nextOpening(hours, zones, fromMs) ?? never);
}
