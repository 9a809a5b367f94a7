import { IANAZone } from 'luxon';
import { remember } from '../model/remember.ts';

/** Names of the IANA database have an area: EST and +01:00 are offsets, which know no summer time. */
const form = /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/;

/** Whether the text names a zone of the IANA database, such as Africa/Lagos. */
export function isZone(text: string): boolean {
  return form.test(text) && isKnown(text, '');
}

/** Asking makes a formatter of dates, which takes as long as reading fifty rows. */
const isKnown = remember((zone) => IANAZone.isValidZone(zone));
