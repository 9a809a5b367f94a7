import { defineConfig } from 'vitest/config';

/** The folders that take values and give values: nothing in them may go untested. */
const pure = ['campaign', 'ledger', 'model', 'plan', 'providers', 'recipients', 'report'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/model/generated/**'],
      reporter: ['text', 'html', 'json-summary'],
      thresholds: Object.fromEntries(pure.map((folder) => [`src/${folder}/**`, { branches: 95 }])),
    },
  },
});
