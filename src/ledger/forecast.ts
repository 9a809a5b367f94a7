import type { Execution } from '../model/campaign.ts';
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
 * Rate and concurrency give the time that the calls need; it passes only while a window is open in one of the zones.
 * Undefined where nobody is to be called or no window ever opens.
 */
export function forecast(
  execution: Pick<Execution, 'rate' | 'concurrency' | 'windows'>,
  people: number,
  zones: readonly string[],
  nowMs: number,
): Forecast | undefined {
  const firstMs = opening(execution, zones, nowMs);
  if (people === 0 || firstMs === never) return undefined;
  const paceMs = Math.max(execution.rate.perMs / execution.rate.calls, usualCallMs / execution.concurrency);
  let leftMs = (people - 1) * paceMs;
  let atMs = firstMs;
  while (leftMs > 0 && atMs - firstMs < longestMs) {
    const step = Math.min(stepMs, leftMs);
    leftMs -= step;
    atMs = opening(execution, zones, atMs + step);
  }
  return { firstMs, lastMs: Math.min(atMs, firstMs + longestMs) };
}

function opening({ windows }: Pick<Execution, 'windows'>, zones: readonly string[], fromMs: number): number {
  if (windows === 'always' || zones.some((zone) => isOpen(windows, zone, fromMs))) return fromMs;
  return Math.min(never, ...zones.map((zone) => nextOpening(windows, zone, fromMs) ?? never));
}
