import { canonicalJson } from '../model/digest.ts';

/** Guards bound how many may be called, and are no part of what is said and done to them. */
const guards: readonly string[] = ['max_recipients', 'max_new_recipients'];

/** The limits that are others in one of two manifests, by the names of the file, sorted; guards left out. */
export function changedLimits(one: object, other: object): readonly string[] {
  const [a, b] = [new Map<string, unknown>(Object.entries(one)), new Map<string, unknown>(Object.entries(other))];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => !guards.includes(name) && canonicalJson(a.get(name)) !== canonicalJson(b.get(name)))
    .toSorted();
}
