/** An amount of money. */
export type Money = {
  /** Millionths of the currency's unit, an integer. */
  readonly micros: number;
  /** Three capital letters (ISO 4217). */
  readonly currency: string;
};

const unit = 1_000_000;

/** `0.42 USD`, rounded to a millionth; undefined for anything else. */
export function parseMoney(text: string): Money | undefined {
  const [, whole, fraction = '', currency] = /^(\d{1,9})(?:\.(\d{1,15}))? ([A-Z]{3})$/.exec(text) ?? [];
  if (whole === undefined || currency === undefined) return undefined;
  return { micros: Number(whole) * unit + Math.round(Number(`0.${fraction}`) * unit), currency };
}

/** The inverse of parseMoney, with two digits after the point where it has any: `150 USD`, `0.09 USD`, `0.125 USD`. */
export function printMoney({ micros, currency }: Money): string {
  const whole = String(Math.floor(micros / unit));
  const fraction = String(micros % unit)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${Number(fraction) === 0 ? whole : `${whole}.${fraction}`} ${currency}`;
}

/** What so long a call costs at a price per minute, rounded up. */
export function costOf(price: Money, ms: number): Money {
  return { ...price, micros: Math.ceil((price.micros * ms) / 60_000) };
}

/** One sum for each currency, in the order of its first amount; what is no amount stays as it is written, at the end. */
export function sumsOf(amounts: readonly string[]): readonly string[] {
  const sums = new Map<string, number>();
  const rest: string[] = [];
  for (const amount of amounts) {
    const money = parseMoney(amount);
    if (money === undefined) rest.push(amount);
    else sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.micros);
  }
  return [...[...sums].map(([currency, micros]) => printMoney({ micros, currency })), ...rest];
}
