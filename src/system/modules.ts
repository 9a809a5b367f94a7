import { realpath } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Modules } from '../ports.ts';

/** Modules by Node's own loader. */
export const systemModules: Modules = {
  realPath: async (path) => {
    try {
      return await realpath(path);
    } catch {
      return undefined;
    }
  },
  load: async (path) => {
    lendKit();
    const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
    return exported;
  },
};

const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** What a module imports from callplan is this very program, wherever the module lies and whatever is installed there. */
const kit: ReadonlyMap<string, string> = new Map([
  ['callplan/provider', new URL(`../provider-kit/provider.${ending}`, import.meta.url).href],
  ['callplan/provider-testing', new URL(`../provider-kit/testing.${ending}`, import.meta.url).href],
]);

let isLent = false;

function lendKit(): void {
  if (isLent) return;
  isLent = true;
  registerHooks({
    resolve: (specifier, context, next) => {
      const url = kit.get(specifier);
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
    },
  });
}
