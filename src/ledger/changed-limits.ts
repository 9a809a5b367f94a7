import { canonicalJson } from '../model/digest.ts';

/** The limits that are others in one of two manifests, by the names of the file, sorted. */
export function changedLimits(one: object, other: object): readonly string[] {
  const [a, b] = [new Map<string, unknown>(Object.entries(one)), new Map<string, unknown>(Object.entries(other))];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((name) => canonicalJson(a.get(name)) !== canonicalJson(b.get(name)))
    .toSorted();
}
