import { describe, expect, test } from 'vitest';
import { Ledger, patient, phoneOf } from './ledger.ts';
import { present } from './present.ts';
import type { Opened } from './opened.ts';
import { accepted, answered, unanswered, voided } from './call-events.ts';

/** Lists that are compared with those who are enrolled. */
export function describeMatching(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    const nobody = { fresh: 0, called: 0, changed: 0, pending: 0, suppressed: 0, removed: 0 };

    test('takes a called number for called under a new key, so that a changed id column calls nobody', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      await ledger.admit({ max: 1 });
      const list = [patient(11, { number: 1 }), patient(12, { number: 2 })];
      expect(await ledger.compare(...list)).toEqual({ ...nobody, fresh: 1, called: 1, changed: 1, removed: 1 });
      expect(await ledger.enrol(...list)).toEqual({ ...nobody, fresh: 1, called: 1, changed: 1, removed: 1 });
      expect(await ledger.standings()).toEqual({ 1: 'intent', 2: 'skipped removed', 12: 'pending new' });
    });

    test('with call_each calls a number once for every key', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store, { callEach: true });
      await ledger.enrol(patient(1));
      await ledger.admit();
      expect(await ledger.enrol(patient(1), patient(2, { number: 1 }))).toEqual({ ...nobody, fresh: 1, called: 1 });
      expect(await ledger.standings()).toEqual({ 1: 'intent', 2: 'pending new' });
    });

    test('forgets a number whose only attempt was voided', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      await ledger.happens(present(admitted).attempt, voided);
      expect(await ledger.enrol(patient(11, { number: 1 }))).toEqual({ ...nobody, fresh: 1, removed: 1 });
    });

    test('does not call a number again that a row not yet called has taken over', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1), patient(2));
      const [admitted] = await ledger.admit({ max: 1 });
      await ledger.happens(present(admitted).attempt, answered);
      const taken = patient(2, { number: 1, call: { tts_voice_accent: 'igbo' } });
      expect(await ledger.compare(taken)).toEqual({ ...nobody, called: 1, changed: 1, removed: 1 });
      await ledger.enrol(taken);
      await ledger.enrol(taken);
      expect(await ledger.standings()).toEqual({ 1: 'done answered', 2: 'skipped removed' });
    });

    test('keeps the history of a known key that has a new number', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      await ledger.admit();
      expect(await ledger.enrol(patient(1, { number: 5 }))).toEqual({ ...nobody, called: 1, changed: 1 });
      expect((await ledger.results()).map(({ phone }) => phone)).toEqual([phoneOf(1)]);
    });

    test('lets the row with the key speak where two rows mean one recipient', async () => {
      await using opened = await open();
      const ledger = await Ledger.open(opened.store);
      await ledger.enrol(patient(1));
      const [admitted] = await ledger.admit();
      const ringing = await ledger.happens(present(admitted).attempt, accepted);
      await ledger.happens(present(ringing), unanswered);
      const list = [
        patient(2, { number: 1, call: { tts_voice_accent: 'wrong' } }),
        patient(1, { number: 5, call: { tts_voice_accent: 'right' } }),
      ];
      expect(await ledger.enrol(...list)).toMatchObject({ called: 2, fresh: 0 });
      ledger.tick(60_000);
      expect((await ledger.admit()).map(({ call }) => call)).toEqual([{ tts_voice_accent: 'right' }]);
    });
  });
}
