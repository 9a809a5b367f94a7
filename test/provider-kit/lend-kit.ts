/** For `node --import`: what modules import from callplan is the source. */
import { registerHooks } from 'node:module';

const kit: ReadonlyMap<string, string> = new Map([
  ['callplan/provider', new URL('../../src/provider-kit/provider.ts', import.meta.url).href],
  ['callplan/provider-testing', new URL('../../src/provider-kit/testing.ts', import.meta.url).href],
]);

registerHooks({
  resolve: (specifier, context, next) => {
    const url = kit.get(specifier);
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
  },
});
