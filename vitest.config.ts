import { resolve } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { importTable } from './scripts/import-table.ts';
import { LongestFirst } from './test/support/longest-first.ts';

const pureFolders = importTable.filter((row) => row.kind === 'pure').map((row) => row.folder);

/** Modules of providers import these; src/system/modules.ts lends them where Node loads. */
const kit = {
  'callplan/provider-testing': resolve('src/provider-kit/testing.ts'),
  'callplan/provider': resolve('src/provider-kit/provider.ts'),
};

const config: ViteUserConfig = defineConfig({
  resolve: { alias: kit },
  test: {
    include: ['test/**/*.test.ts'],
    // What takes minutes is named *.long.test.ts and runs when asked for: see CONTRIBUTING.md.
    exclude: process.env['CALLPLAN_LONG'] ? [] : ['test/**/*.long.test.ts'],
    // By default one core is left to a watching editor: of two cores that is half.
    maxWorkers: '100%',
    // A process for each file would take a quarter of the time; no test leaves anything behind in the modules it shares.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'test/support/run-folder.ts',
    // Some drive a whole wave; a busy machine may need longer for one than the usual five seconds.
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/model/generated/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
      thresholds: Object.fromEntries(pureFolders.map((folder) => [`src/${folder}/**`, { branches: 95 }])),
    },
  },
});

export default config;
