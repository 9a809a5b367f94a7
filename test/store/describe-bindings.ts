import { describe, expect, test } from 'vitest';
import { holder } from './ledger.ts';
import type { Opened } from './opened.ts';

/** Which remote object an address is bound to. */
export function describeBindings(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    const address = 'clinic-reminders/prod';
    const binding = {
      address,
      resourceId: 'workflow-1',
      account: 'intron',
      applied: { name: 'Reminder', tags: ['a', null] },
    };

    test('remembers what is bound, what was applied, and which file speaks for it', async () => {
      await using opened = await open();
      const { store } = opened;
      await store.acquire(address, holder, 1);
      expect(await store.binding(address)).toBeUndefined();
      await store.bind(binding, 'campaigns/a.yaml', 1, 5);
      expect(await store.binding(address)).toEqual(binding);
      expect(await store.addressesOf('campaigns/a.yaml')).toEqual([address]);
      const { applied: _, ...unmanaged } = binding;
      await store.bind({ ...unmanaged, resourceId: 'workflow-2' }, 'campaigns/b.yaml', 1, 6);
      expect(await store.binding(address)).toEqual({ ...unmanaged, resourceId: 'workflow-2' });
      expect(await store.addressesOf('campaigns/a.yaml')).toEqual([]);
      expect(await store.addressesOf('campaigns/b.yaml')).toEqual([address]);
    });

    test('keeps the intent of a create until it is bound or forgotten', async () => {
      await using opened = await open();
      const { store } = opened;
      await store.acquire(address, holder, 1);
      const intent = { address, account: 'intron', atMs: 7 };
      await store.intendCreate(intent, 1);
      expect(await store.createIntent(address)).toEqual(intent);
      await store.intendCreate({ ...intent, atMs: 8 }, 1);
      expect(await store.createIntent(address)).toEqual({ ...intent, atMs: 8 });
      await store.bind(binding, 'a.yaml', 1, 9);
      expect(await store.createIntent(address)).toBeUndefined();
      await store.intendCreate(intent, 1);
      await store.forgetCreateIntent(address, 1);
      expect(await store.createIntent(address)).toBeUndefined();
    });

    test('has an id and a key of its own', async () => {
      await using opened = await open();
      const reader = await opened.toRead();
      expect(opened.store.id).toMatch(/^[0-9a-f]{8}$/);
      expect(reader.id).toBe(opened.store.id);
      expect(await opened.store.manifestKey()).toMatch(/^[0-9a-f]{64}$/);
      expect(await reader.manifestKey()).toBe(await opened.store.manifestKey());
    });
  });
}
