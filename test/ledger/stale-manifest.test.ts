import { describe, expect, test } from 'vitest';
import type { Manifest, ManifestStatus } from '../../src/ledger/manifest.ts';
import { isUnfinished, parseManifest, renewedManifest, withResults } from '../../src/ledger/stale-manifest.ts';

const address = { campaign: 'garage-recall', environment: 'prod' };

type States = Readonly<Record<string, number>>;

function countsOf(states: States): Manifest['wave']['counts'] {
  const recipients = Object.values(states).reduce((sum, count) => sum + count, 0);
  return { recipients, states, outcomes: {}, replies: {}, skipped: {}, attempts: recipients, minutes: 0, costs: [] };
}

function manifestOf(status: ManifestStatus, states: States): Manifest {
  const digests = { definition: 'd', resource: 'r', templates: 't', recipients: 'p', suppression: 's' };
  const limits = {
    concurrency: 1,
    rate: { calls: 1, per_ms: 1_000 },
    batch_size: 1,
    max_attempts: 1,
    windows: 'always',
  };
  return {
    format_version: 1,
    kind: 'manifest',
    wave: { ...address, wave: '2026-11', status, digests, counts: countsOf(states), limits },
    record: {
      resource_id: 'wf_1',
      recipient_key_id: 'k',
      runs: [],
      tool: { name: 'callplan', version: '1', node: 'node' },
      git: { commit: 'c', dirty: false },
    },
  };
}

describe('a manifest', () => {
  const manifest = manifestOf('complete', { done: 1 });

  test('is read back as it was written', () => {
    expect(parseManifest(JSON.stringify(manifest, undefined, 2), address, '2026-11')).toEqual(manifest);
  });

  test.each([
    ['of another wave', JSON.stringify({ ...manifest, wave: { ...manifest.wave, wave: '2026-12' } })],
    ['of another campaign', JSON.stringify({ ...manifest, wave: { ...manifest.wave, campaign: 'tyre-change' } })],
    ['of another environment', JSON.stringify({ ...manifest, wave: { ...manifest.wave, environment: 'staging' } })],
    ['of a format to come', JSON.stringify({ ...manifest, format_version: 2 })],
    ['that is another document', JSON.stringify({ ...manifest, kind: 'plan' })],
    ['without counts', JSON.stringify({ ...manifest, wave: { ...manifest.wave, counts: null } })],
    ['that is cut', JSON.stringify(manifest).slice(0, 40)],
    ['that is no object', '[]'],
  ])('%s is none of the wave', (_name, text) => {
    expect(parseManifest(text, address, '2026-11')).toBeUndefined();
  });

  test.each([
    ['running', {}, true],
    ['interrupted', { accepted: 1, done: 2 }, true],
    ['interrupted', { in_doubt: 1 }, true],
    ['incomplete', { pending: 1 }, true],
    ['complete', { done: 2, unresolved: 1 }, true],
    ['complete', { done: 2, rejected: 1, skipped: 4 }, false],
  ] as const)('%s with %o may know less than the ledger: %s', (status, states, expected) => {
    expect(isUnfinished(manifestOf(status, states))).toBe(expected);
  });
});

describe('a renewed manifest', () => {
  test.each([
    ['interrupted', { accepted: 2, done: 1 }, { done: 3 }, 'complete'],
    ['tripped', { in_doubt: 1, done: 1 }, { done: 1, unresolved: 1 }, 'complete'],
    ['incomplete', { accepted: 1, pending: 1 }, { done: 1, pending: 1 }, 'incomplete'],
    ['running', {}, { done: 1, pending: 1 }, 'interrupted'],
    ['running', {}, { done: 1 }, 'complete'],
  ] as const)('that was %s with %o and has %o now is %s', (status, then, now, expected) => {
    const renewed = renewedManifest(manifestOf(status, then), { counts: countsOf(now), runs: [], isCancelled: false });
    expect(renewed).toEqual(manifestOf(expected, now));
  });

  test('is none where nothing changed', () => {
    const manifest = manifestOf('incomplete', { pending: 2 });
    expect(renewedManifest(manifest, { counts: manifest.wave.counts, runs: [], isCancelled: false })).toBeUndefined();
  });

  test('names its results, in the order in which a run writes them', () => {
    const { record } = withResults(manifestOf('complete', { done: 1 }), { keyId: 'k2', sha256: 'abc' });
    expect(record).toMatchObject({ recipient_key_id: 'k2', results_sha256: 'abc' });
    expect(Object.keys(record)).toEqual(['resource_id', 'recipient_key_id', 'results_sha256', 'runs', 'tool', 'git']);
  });
});
