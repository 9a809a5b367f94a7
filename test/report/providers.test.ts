import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeProvider } from '../../src/cli/describe-provider.ts';
import { findProvider, providerNames } from '../../src/providers/registry.ts';
import { renderProviders } from '../../src/report/render-providers.ts';
import { viewWith } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/width.ts';
import { providersPage } from './providers-page.ts';

const providers = providerNames
  .flatMap((name) => findProvider(name) ?? [])
  .map((provider) => describeProvider(provider, null));

test('docs/providers/README.md is what the codecs say', async () => {
  const path = join(import.meta.dirname, '../../docs/providers/README.md');
  await expect(providersPage(providers)).toMatchFileSnapshot(path);
});

test.each([80, 40])('fits %d columns', (columns) => {
  const text = renderProviders({ tool_version: '0', providers }, true, viewWith({ columns, color: false }));
  expect(text.split('\n').filter((line) => widthOf(line) > columns)).toEqual([]);
});

test('every capability that is missing has its reason', () => {
  const text = renderProviders({ tool_version: '0', providers }, false, viewWith({ columns: 80, color: false }));
  expect(text).not.toContain('no: nobody knows why');
});
