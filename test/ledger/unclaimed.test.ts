import { expect, test } from 'vitest';
import { unclaimed, type KnownOfAddress } from '../../src/ledger/unclaimed.ts';
import { clocksApartMs } from '../../src/model/clocks-apart.ts';
import type { Sighting } from '../../src/model/sighting.ts';
import { hour, sighting, startMs } from './clinic.ts';

const mute = { openedMs: startMs, echo: false };
const echoing = { openedMs: startMs, echo: true };
const ours = sighting({ reference: 'cp1.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb.1', createdMs: startMs + hour });
const fresh = sighting({ createdMs: startMs + hour });
const old = sighting({ createdMs: startMs - clocksApartMs - 1 });
const justBefore = sighting({ createdMs: startMs - clocksApartMs });
const timeless = sighting();

test.each<[string, readonly Sighting[], KnownOfAddress, readonly Sighting[]]>([
  ['none that has a reference', [ours], { sinceMs: startMs, waves: [mute] }, []],
  ['those since the ledger may lack some', [old, fresh], { sinceMs: startMs, waves: [mute] }, [fresh]],
  ['as far as two clocks may be apart', [justBefore], { sinceMs: startMs, waves: [mute] }, [justBefore]],
  ['one that nobody knows the time of', [timeless], { sinceMs: startMs, waves: [mute] }, [timeless]],
  [
    'those since the first wave was opened, where the address has no event',
    [old, justBefore, fresh],
    { sinceMs: undefined, waves: [{ ...mute, openedMs: startMs + hour }, mute] },
    [justBefore, fresh],
  ],
  ['none where references come back', [fresh, timeless], { sinceMs: startMs, waves: [mute, echoing] }, []],
  ['all where the ledger may lack all there ever was', [old, fresh], { sinceMs: 0, waves: [echoing] }, [old, fresh]],
])('calls that may be ours: %s', (_, listed, known, expected) => {
  expect(unclaimed(listed, known)).toEqual(expected);
});
