import { isObject, type JsonObject } from '../../model/json.ts';

/** What a member may be; which values are refused is documented nowhere. */
export type Rule = { readonly test: (value: unknown) => boolean; readonly needs: string };

export const text: Rule = { test: (value) => typeof value === 'string' && value !== '', needs: 'a text' };
export const anyText: Rule = { test: (value) => value === null || typeof value === 'string', needs: 'a text' };
export const flag: Rule = { test: (value) => typeof value === 'boolean', needs: 'true or false' };
export const map: Rule = { test: (value) => value === null || isObject(value), needs: 'an object' };
export const list: Rule = { test: (value) => value === null || Array.isArray(value), needs: 'a list' };
export const any: Rule = { test: () => true, needs: 'anything' };

export const minutes: Rule = {
  test: (value) => value === null || (typeof value === 'number' && Number.isInteger(value) && value > 0),
  needs: 'a whole number of minutes',
};

/** "Required string length: 24": calls/get-transcript, read 2026-11-21. */
export const id: Rule = {
  test: (value) => typeof value === 'string' && /^[0-9a-zA-Z]{24}$/.test(value),
  needs: 'an id of 24 characters',
};

/** Languages of dial/create-outbound-call, read 2026-11-21. */
export const language: Rule = oneOf(
  'en-US',
  'en-GB',
  'es-MX',
  'es-ES',
  'es-CO',
  'pt-PT',
  'de-DE',
  'fr-FR',
  'pl-PL',
  'ro-RO',
  'it-IT',
  'zh-CN',
  'hi-IN',
  'ja-JP',
  'sv-SE',
);

export function oneOf(...known: readonly string[]): Rule {
  return { test: (value) => known.some((one) => one === value), needs: `one of ${known.join(', ')}` };
}

/** What is wrong with the members of a body; other keys are ignored, as nothing says otherwise. */
export function wrongWith(body: JsonObject, rules: Readonly<Record<string, Rule>>): string | undefined {
  const wrong = Object.entries(rules).filter(([name, { test }]) => name in body && !test(body[name]));
  return wrong.length === 0 ? undefined : wrong.map(([name, { needs }]) => `${name} must be ${needs}`).join(', ');
}
