import type { Campaign } from '../model/campaign.ts';
import type { Stop } from '../model/stop.ts';
import type { StopReport } from '../report/stop-words.ts';
import { isoTime } from './iso-time.ts';
import { zoneOf } from './zone-of.ts';

/** Who stopped a wave and when, in the campaign's own zone; null where nobody did. */
export function stopReport(stop: Stop, campaign: Pick<Campaign, 'recipients'>): StopReport;
export function stopReport(stop: Stop | undefined, campaign: Pick<Campaign, 'recipients'>): StopReport | null;
export function stopReport(stop: Stop | undefined, campaign: Pick<Campaign, 'recipients'>): StopReport | null {
  return stop === undefined ? null : { kind: stop.kind, at: isoTime(stop.atMs, zoneOf(campaign)), by: stop.by };
}
