import { describe, expect, test } from 'vitest';
import { readManifest } from '../../src/ledger/read-manifest.ts';

const digests = { definition: 'd', resource: 'r', templates: 't', recipients: 'p', suppression: 's' };
const counts = { recipients: 1, states: { done: 1 }, outcomes: {}, replies: {}, skipped: {}, attempts: 1, minutes: 0 };
const wave = {
  campaign: 'garage-recall',
  environment: 'prod',
  wave: '2026-11',
  status: 'complete',
  digests,
  counts,
  limits: {},
};
const record = { resource_id: 'wf_1', recipient_key_id: 'k', runs: [{ run: 'a', started_at: 'then' }] };
const manifest = { format_version: 1, kind: 'manifest', wave, record };

function read(change: object): ReturnType<typeof readManifest> {
  return readManifest(JSON.stringify({ ...manifest, ...change }));
}

describe('a file that is named as a manifest', () => {
  test('is one with all that is read of it, whatever else it has', () => {
    expect(read({ more: 1 })).toEqual({ kind: 'manifest', manifest: { ...manifest, more: 1 } });
    const file = 'campaigns/..recall/campaign.yaml';
    const more = { results_sha256: 'h', file, parent: { wave: 'w', run: 'r', only: ['busy'] } };
    expect(read({ record: { ...record, ...more } }).kind).toBe('manifest');
  });

  test.each<readonly [string, string]>([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['a plan', '{"format_version": 1, "kind": "plan"}'],
  ])('is %s', (_, text) => {
    expect(readManifest(text)).toEqual({ kind: 'other' });
  });

  test('is of a version to come', () => {
    expect(read({ format_version: 2 })).toEqual({ kind: 'newer', version: 2 });
  });

  test.each<readonly [string, object]>([
    ['format_version', { format_version: 'one' }],
    ['wave.campaign', { wave: [] }],
    ['wave.status', { wave: { ...wave, status: 1 } }],
    ['wave.digests.templates', { wave: { ...wave, digests: { ...digests, templates: undefined } } }],
    ['wave.counts.attempts', { wave: { ...wave, counts: { ...counts, attempts: '1' } } }],
    ['wave.counts.states', { wave: { ...wave, counts: { ...counts, states: { done: '1' } } } }],
    ['wave.counts.outcomes', { wave: { ...wave, counts: { ...counts, outcomes: [] } } }],
    ['wave.limits', { wave: { ...wave, limits: 1 } }],
    ['record.recipient_key_id', { record: {} }],
    ['record.runs', { record: { ...record, runs: [1] } }],
    ['record.runs', { record: { ...record, runs: [{ run: 'a' }] } }],
    ['record.results_sha256', { record: { ...record, results_sha256: 1 } }],
    ['record.file', { record: { ...record, file: '../elsewhere.yaml' } }],
    ['record.file', { record: { ...record, file: '/etc/campaign.yaml' } }],
    ['record.file', { record: { ...record, file: 1 } }],
    ['record.parent', { record: { ...record, parent: { wave: 'w' } } }],
  ])('is damaged where %s is not what it must be', (member, change) => {
    expect(read(change)).toEqual({ kind: 'other', member });
  });
});
