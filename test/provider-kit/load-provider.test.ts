import { expect, test } from 'vitest';
import { loadProvider } from '../../src/provider-kit/load-provider.ts';
import type { Modules } from '../../src/ports.ts';
import { intron } from '../../src/providers/intron/index.ts';
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

test.each(['Cannot use import statement outside a module', "Unexpected token 'export'"])(
  'a module that Node takes for CommonJS (%s) is told how to be none',
  async (said) => {
    const loaded = await loading(() => Promise.reject(new SyntaxError(said)));
    const problem = 'Node takes it for CommonJS: call it .mjs, or have the package.json above it say "type": "module"';
    expect(loaded).toEqual({ kind: 'failed', problem });
  },
);

test.each([7, null])('a default export that is %j is no definition', async (exported) => {
  const problem = 'its default export lacks the definition (an object)';
  expect(await loading(() => Promise.resolve({ default: exported }))).toEqual({ kind: 'failed', problem });
});

const block = { type: 'object' };
const provider = { type: 'object', properties: { api_key: { type: 'string', 'x-secret': true } } };
const acme = {
  ...intron,
  name: 'acme',
  schema: { type: 'object', properties: { provider, workflow: block, call: block } },
};

test('a definition that keeps the contract is loaded', async () => {
  const loaded = await loading(() => Promise.resolve({ default: acme }));
  expect(loaded).toMatchObject({ kind: 'loaded', own: { blocks: { name: 'acme', file: 'acme.js' } } });
});

test.each([
  ['a name that is none', { name: 'Acme Voice' }, 'its name is "Acme Voice": expected up to 32 of a-z, 0-9 and -'],
  ['a noun that is none', { noun: 'my script' }, 'its noun is "my script": expected up to 32 of a-z and _'],
  ['a noun of the campaign', { noun: 'call' }, 'its noun is "call", which means something else in a campaign'],
  ['blocks left out', { noun: 'script' }, 'its schema.properties lack script'],
  ['a schema of nothing', { schema: {} }, 'its schema.properties lack provider, workflow, call'],
])('a definition with %s is refused', async (_, change, problem) => {
  expect(await loading(() => Promise.resolve({ default: { ...acme, ...change } }))).toEqual({
    kind: 'failed',
    problem,
  });
});
