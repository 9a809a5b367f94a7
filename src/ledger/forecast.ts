import type { Execution } from '../model/campaign.ts';
import { isAnyTime, type Hours } from '../model/hours.ts';
import type { Limits } from './span.ts';
import { isOpen, nextOpening } from './window.ts';

/** When calling would begin and end, if every recipient were called once and nothing went wrong. Epoch ms. */
export type Forecast = { readonly firstMs: number; readonly lastMs: number };

/** A call holds its slot about so long, where nothing better is known. */
const usualCallMs = 60_000;
const stepMs = 5 * 60_000;
/** A forecast that far out says enough. */
const longestMs = 366 * 86_400_000;
const never = Number.POSITIVE_INFINITY;

/**
 * Rate and concurrency give the time that the calls need; it passes only while calls may be made to some of the people.
 * Undefined where nobody is to be called or no window ever opens in time.
 * @param places zones that people are in; of each entry all must be open
 */
export function forecast(
  execution: Pick<Execution, 'rate' | 'concurrency'> & Hours & Limits,
  people: number,
  places: readonly (readonly string[])[],
  nowMs: number,
): Forecast | undefined {
  const { rate, concurrency, startAtMs = nowMs, endAtMs = never, expireAfterMs = never } = execution;
  const latestMs = Math.min(endAtMs, nowMs + expireAfterMs);
  const firstMs = opening(execution, places, Math.max(nowMs, startAtMs));
  if (people === 0 || firstMs === never || firstMs > latestMs) return undefined;
  const paceMs = Math.max(rate.perMs / rate.calls, usualCallMs / concurrency);
  let leftMs = (people - 1) * paceMs;
  let atMs = firstMs;
  while (leftMs > 0 && atMs - firstMs < longestMs) {
    const step = Math.min(stepMs, leftMs);
    leftMs -= step;
    atMs = opening(execution, places, atMs + step);
  }
  return { firstMs, lastMs: Math.min(atMs, firstMs + longestMs, latestMs) };
}

function opening(hours: Hours, places: readonly (readonly string[])[], fromMs: number): number {
  if (isAnyTime(hours) || places.some((zones) => isOpen(hours, zones, fromMs))) return fromMs;
  return Math.min(never, ...places.map((zones) => nextOpening(hours, zones, fromMs) ?? never));
}
