import { expect, test } from 'vitest';
import { loadProvider } from '../../src/provider-kit/load-provider.ts';
import type { Modules } from '../../src/ports.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';

function loading(load: Modules['load']): ReturnType<typeof loadProvider> {
  const modules = { load, realPath: (path: string) => Promise.resolve(path) };
  return loadProvider({ path: '/acme.js', file: 'acme.js' }, { modules, clock: virtualClock(0) });
}

test('a module that does not end loading is given up after ten seconds', async () => {
  const loaded = await loading(() => new Promise(() => undefined));
  expect(loaded).toEqual({ kind: 'failed', problem: 'it does not end loading: 10 s went by' });
});

test('what a module throws may be no error', async () => {
  const loaded = await loading(() => Promise.reject('no licence'));
  expect(loaded).toEqual({ kind: 'failed', problem: 'it threw while loading: no licence' });
});

test.each([7, null])('a default export that is %j is no definition', async (exported) => {
  const problem = 'its default export lacks the definition (an object)';
  expect(await loading(() => Promise.resolve({ default: exported }))).toEqual({ kind: 'failed', problem });
});
