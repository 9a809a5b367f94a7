import { IANAZone } from 'luxon';
import { remember } from '../model/remember.ts';

/** Names of the IANA database have an area: EST and +01:00 are offsets, which know no summer time. */
const form = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/;

/** Whether the text names a zone of the IANA database, such as Africa/Lagos. */
export function isZone(text: string): boolean {
  return text === 'UTC' || (form.test(text) && isKnown(text));
}

/** Names that are links to others, or in other letters, are asked for: that makes a formatter of dates, the first in 10 ms. */
const isKnown = remember((zone) => {
  names ??= new Set(Intl.supportedValuesOf('timeZone'));
  return names.has(zone) || IANAZone.isValidZone(zone);
});

let names: ReadonlySet<string> | undefined;
