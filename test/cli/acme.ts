/** A campaign whose provider is a module of its own, which answers from its own sandbox. */
import { join } from 'node:path';
import type { SandboxKind } from '../../src/sandbox/registry.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { systemModules } from '../../src/system/modules.ts';
import type { WorldOptions } from '../support/world.ts';

const folder = join(import.meta.dirname, '../../docs/example-provider');
const { acmeSandbox } = await systemModules.load(join(folder, 'acme-sandbox.js'));
export const allowed: readonly string[] = ['--allow-provider', 'acme.js'];

export const acme: WorldOptions = {
  folder,
  env: { ACME_TOKEN: 'sk-live-acme' },
  http: ({ clock }) => {
    // Its module is JavaScript; test/provider-kit checks its types.
    const kind = acmeSandbox as SandboxKind;
    return kind.open({ clock, random: seededRandom(7), callsPerSecond: 0 }).http;
  },
};
