import type { Atlas } from '../campaign/rules/rule.ts';

/** Zones and countries as this Node knows them. */
export const atlas: Atlas = {
  isZone: (name) => {
    // A bare offset is a zone to Intl, but knows no daylight saving.
    if (!/^[A-Za-z]/.test(name)) return false;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  },
  zones: () => Intl.supportedValuesOf('timeZone'),
  isCountry: (code) => regionNames.of(code) !== undefined,
};

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
