import { isAnyTime, type Hours } from '../model/hours.ts';
import type { ZonesOf } from '../model/recipient.ts';
import type { Template } from '../model/template.ts';
import { numberZones, rowZones } from '../recipients/number-zones.ts';

let known: ZonesOf | undefined;

/** How the zones of a campaign's recipients are told; the table of numbers is read only where rows may lack a zone. */
export async function zonesOfRecipients({
  recipients,
  execution,
}: {
  readonly recipients: { readonly timezone?: Pick<Template, 'uses'> };
  readonly execution: Hours;
}): Promise<ZonesOf> {
  if (isAnyTime(execution) || recipients.timezone?.uses.length === 0) return rowZones;
  if (known === undefined) {
    const { default: data } = await import('../../data/number-zones.json', { with: { type: 'json' } });
    known = numberZones(data.prefixes);
  }
  return known;
}
