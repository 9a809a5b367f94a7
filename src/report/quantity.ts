import { count } from '../model/count-of.ts';

export { count, countOf } from '../model/count-of.ts';

const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
] as const;

/** A duration in its two largest units, rounded up to the smaller: `45 s`, `2 h 5 min`, `3 d`. */
export function duration(ms: number): string {
  const largest = units.findIndex((unit) => ms >= unit.ms);
  const large = units[largest];
  if (large === undefined) return ms > 0 ? '1 s' : '0 s';
  const small = units[largest + 1] ?? large;
  const rounded = Math.ceil(ms / small.ms) * small.ms;
  if (units.findIndex((unit) => rounded >= unit.ms) !== largest) return duration(rounded);
  const rest = (rounded % large.ms) / small.ms;
  const whole = `${count(Math.floor(rounded / large.ms))} ${large.name}`;
  return rest === 0 ? whole : `${whole} ${count(rest)} ${small.name}`;
}
