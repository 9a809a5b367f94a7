import type { Atlas } from '../campaign/rules/rule.ts';
import { remember } from '../model/remember.ts';
import { isCountry } from '../recipients/phone-plan.ts';
import { isZone } from '../recipients/zone.ts';

/** Asking for a zone takes a tenth of a millisecond, and most campaigns name the same few. */
const knownZone = remember(isZone);

/** Zones as this Node knows them, told as those of rows are, and countries as the phone library does. */
export const atlas: Atlas = {
  isZone: (name) => knownZone(name),
  zones: () => Intl.supportedValuesOf('timeZone'),
  isCountry,
};
