import type { Atlas } from '../campaign/rules/rule.ts';
import { remember } from '../model/remember.ts';

/** Zones and countries as this Node knows them. */
export const atlas: Atlas = {
  isZone: (name) => zoneKnown(name, ''),
  zones: () => Intl.supportedValuesOf('timeZone'),
  isCountry: (code) => regionNames.of(code) !== undefined,
};

/** Asking Intl takes a tenth of a millisecond, and most campaigns name the same few zones. */
const zoneKnown = remember(askForZone);

function askForZone(name: string): boolean {
  // A bare offset is a zone to Intl, but knows no daylight saving.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
