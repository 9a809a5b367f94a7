/**
 * The phone library's numbering plans with their patterns compiled once. The library compiles a pattern for every
 * number that it looks at; plainly written numbers of countries that share their code with no other need no more than
 * this. Whatever is not that plain is left to the library, and a test holds both to the same answers.
 */
import metadata from 'libphonenumber-js/max/metadata';

/** A country's plan as far as plain numbers need it. */
export type PhonePlan = {
  /** Country code without plus. */
  readonly code: string;
  /** Whether digits behind the country code are a valid number as they are, and not of premium rate. */
  readonly isInternational: (digits: string) => boolean;
  /** The number behind the leading zero, where digits are such a national number and nothing else. */
  readonly national: (digits: string) => string | undefined;
};

/** The plan of the country that alone has the code; undefined where countries share it or none has it. */
export function planByCode(code: string): PhonePlan | undefined {
  const [country, ...others] = countriesByCode.get(code) ?? [];
  return country === undefined || others.length > 0 ? undefined : planByCountry(country);
}

/** The plan of an ISO 3166 country, if it alone has its code. */
export function planByCountry(country: string): PhonePlan | undefined {
  if (!plans.has(country)) plans.set(country, compilePlan(written.get(country) ?? []));
  return plans.get(country);
}

/** Whether these capitals are an ISO 3166 country (or Kosovo, XK) that numbers are given out in. */
export function isCountry(code: string): boolean {
  return written.has(code);
}

const countriesByCode: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(metadata.country_calling_codes));
const written: ReadonlyMap<string, readonly unknown[]> = new Map(Object.entries(metadata.countries));
const plans = new Map<string, PhonePlan | undefined>();

/** Undefined for any shape that is not as expected. The order of the entries: metadata.js of libphonenumber-js 1.13. */
function compilePlan(plan: readonly unknown[]): PhonePlan | undefined {
  const [code, idd, pattern, , , prefix, , parsed, transform, , , types] = plan;
  if (typeof code !== 'string' || typeof idd !== 'string' || typeof pattern !== 'string') return undefined;
  const isType = compileTypes(types);
  if (isType === undefined || countriesByCode.get(code)?.length !== 1) return undefined;
  const general = whole(pattern);
  const isWhole = (digits: string): boolean => general.test(digits) && isType(digits);
  const stripped = parsed || prefix;
  const start = typeof stripped === 'string' ? new RegExp(`^(?:${stripped})`) : undefined;
  const hasPlainZero = prefix === '0' && !parsed && !transform;
  const international = new RegExp(`^(?:00|${idd})`);
  return {
    code,
    isInternational: (digits) => start?.test(digits) !== true && isWhole(digits),
    national: (digits) => {
      if (!hasPlainZero || !digits.startsWith('0')) return undefined;
      if (international.test(digits) || general.test(digits)) return undefined;
      const number = digits.slice(1);
      return isWhole(number) ? number : undefined;
    },
  };
}

/** Where premium-rate numbers stand among the types. */
const premiumRate = 3;

/** Whether digits are of any of the types, each a pattern and perhaps lengths, and not of premium rate. */
function compileTypes(types: unknown): ((digits: string) => boolean) | undefined {
  if (!Array.isArray(types)) return undefined;
  const known: NumberType[] = [];
  let premium: NumberType | undefined;
  for (const [index, type] of types.entries()) {
    if (!Array.isArray(type)) continue;
    const [pattern, lengths]: readonly unknown[] = type;
    if (typeof pattern !== 'string') return undefined;
    const compiled = { pattern: whole(pattern), lengths: Array.isArray(lengths) ? lengths : undefined };
    if (index === premiumRate) premium = compiled;
    else if (pattern !== '') known.push(compiled);
  }
  return (digits) => known.some((type) => isOf(type, digits)) && (premium === undefined || !isOf(premium, digits));
}

type NumberType = { readonly pattern: RegExp; readonly lengths: readonly unknown[] | undefined };

function isOf({ pattern, lengths }: NumberType, digits: string): boolean {
  return lengths?.includes(digits.length) !== false && pattern.test(digits);
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
