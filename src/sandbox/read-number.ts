/** A share from 0 to 1, written `0.25` or `25%`. */
export function readShare(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (match === null) return undefined;
  const share = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return share <= 1 ? share : undefined;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `500`, `500ms`, `2s`, `-10m` or `1h`. */
export function readTime(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (unitMs[match[2] ?? 'ms'] ?? 1);
}

/** A whole number from 1 on. */
export function readCount(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
