/** A manifest that somebody names: it may be another file, a damaged one, or of a version to come. */
import { isObject, parseJson } from '../model/json.ts';
import type { Manifest } from './manifest.ts';

/** What a file holds that is taken for a manifest. */
export type ReadManifest =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'newer'; readonly version: number }
  /** `member`: the first of those that are needed and missing; undefined where it is another file altogether. */
  | { readonly kind: 'other'; readonly member?: string };

/** Looks at every member that anything reads of a manifest; of one that is damaged, says the first that is bad. */
export function readManifest(text: string): ReadManifest {
  const found = parseJson(text);
  if (!isObject(found) || found['kind'] !== 'manifest') return { kind: 'other' };
  const version = found['format_version'];
  if (typeof version === 'number' && version > 1) return { kind: 'newer', version };
  const member = version === 1 ? missingIn(found) : 'format_version';
  if (member !== undefined) return { kind: 'other', member };
  // What is read of it was looked at, and nothing else is trusted.
  return isWhole(found) ? { kind: 'manifest', manifest: found } : { kind: 'other' };
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => typeof value === 'number';
const isPart: Check = (value) => isObject(value);
const isCounts: Check = (value) => isObject(value) && Object.values(value).every(isCount);
const isRuns: Check = (value) =>
  Array.isArray(value) && value.every((run) => isObject(run) && isText(run['run']) && isText(run['started_at']));
const isRelative: Check = (value) =>
  typeof value === 'string' && !/^(?:\/|\\|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)/.test(value);
const isParent: Check = (value) => isObject(value) && isText(value['wave']) && Array.isArray(value['only']);

/** By path. What is optional is only looked at where it is there. */
const needed: readonly (readonly [path: string, check: Check, optional?: true])[] = [
  ...['campaign', 'environment', 'wave', 'status'].map((name) => [`wave.${name}`, isText] as const),
  ...['definition', 'resource', 'templates', 'recipients', 'suppression'].map(
    (name) => [`wave.digests.${name}`, isText] as const,
  ),
  ...['recipients', 'attempts', 'minutes'].map((name) => [`wave.counts.${name}`, isCount] as const),
  ...['states', 'outcomes', 'replies', 'skipped'].map((name) => [`wave.counts.${name}`, isCounts] as const),
  ['wave.limits', isPart],
  ['record.recipient_key_id', isText],
  ['record.runs', isRuns],
  ['record.results_sha256', isText, true],
  ['record.file', isRelative, true],
  ['record.parent', isParent, true],
];

function missingIn(found: object): string | undefined {
  const bad = needed.find(([path, check, optional]) => {
    const value = memberOf(found, path);
    return !check(value) && !(optional === true && value === undefined);
  });
  return bad?.[0];
}

function memberOf(value: unknown, path: string): unknown {
  let member = value;
  for (const name of path.split('.')) member = isObject(member) ? member[name] : undefined;
  return member;
}

function isWhole(value: unknown): value is Manifest {
  return isObject(value);
}
