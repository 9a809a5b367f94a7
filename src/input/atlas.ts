import type { Atlas } from '../campaign/rules/rule.ts';
import { remember } from '../model/remember.ts';
import { isZone } from '../recipients/zone.ts';

/** Asking for a zone takes a tenth of a millisecond, and most campaigns name the same few. */
const knownZone = remember(isZone);

/** Made for who asks: it takes longer than loading most files. */
let regionNames: Intl.DisplayNames | undefined;

/** Zones and countries as this Node knows them; zones are told as those of rows are. */
export const atlas: Atlas = {
  isZone: (name) => knownZone(name, ''),
  zones: () => Intl.supportedValuesOf('timeZone'),
  isCountry: (code) => {
    regionNames ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    return regionNames.of(code) !== undefined;
  },
};
