import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/campaign/compose.ts';
import { parse } from '../../src/campaign/parse.ts';
import { plain } from '../../src/campaign/sourced.ts';
import { campaign, clinic, found } from './clinic.ts';

describe('an environment', () => {
  const file = `${clinic}call: {tts_voice_accent: pidgin, tts_voice_gender: male}
environments:
  staging:
    wave: trial
    call: {tts_voice_gender: null}
    workflow: {include_reply: true, option_one: null}
    recipients: {suppress: [{csv: staff.csv}]}
    execution: {concurrency: 1, windows: always}
  prod: {}
`;
  test('changes what it names and leaves the rest', () => {
    const staging = campaign(file, { environment: 'staging' });
    expect(staging.address).toEqual({ campaign: 'clinic-reminders', environment: 'staging' });
    expect(staging.wave).toBe('trial');
    expect(staging.execution).toMatchObject({ concurrency: 1, windows: 'always', batchSize: 1 });
    expect(Object.keys(staging.call.entries)).toEqual(['tts_voice_accent']);
  });

  test('keeps null where it is a value of the field', () => {
    expect(campaign(file, { environment: 'staging' }).resource.fields).toMatchObject({ option_one: null });
  });

  test('that says nothing changes nothing but the address', () => {
    const prod = campaign(file, { environment: 'prod' });
    const base = campaign(file);
    expect(prod.definitionDigest).toBe(base.definitionDigest);
    expect([prod.address.environment, base.address.environment]).toEqual(['prod', 'default']);
  });

  test('adds to the lists of people who must not be called', () => {
    const withList = file.replace('  phone:', '  suppress: [{csv: do-not-call.csv}]\n  phone:');
    const lists = campaign(withList, { environment: 'staging' }).recipients.suppress;
    expect(lists).toMatchObject([{ file: 'do-not-call.csv' }, { file: 'staff.csv' }]);
  });

  test('cannot take such a list away', () => {
    const text = `${clinic}environments: {staging: {recipients: {suppress: null}}}\n`;
    expect(found(text)).toEqual(['15:49 VALUE_TYPE']);
  });

  test('may bring a required block, and then the file alone lacks it', () => {
    const text = `${clinic.replace('wave: "2026-11-24"\n', '')}environments: {prod: {wave: "1"}}\n`;
    expect(found(text)).toEqual(['1:1 KEY_MISSING']);
    expect(found(text, { environment: 'prod' })).toEqual([]);
  });

  test('may change the provider, by whose schema null is then read', () => {
    const text = `${clinic}environments: {other: {provider: {type: intron}, workflow: {option_one: null}}}\n`;
    expect(campaign(text, { environment: 'other' }).resource.fields).toHaveProperty('option_one', null);
  });

  test('may move to another account', () => {
    const text = `${clinic}environments: {local: {provider: {base_url: "http://127.0.0.1:4010"}, execution: {look_up: {settle: 1s}}}}\n`;
    expect(campaign(text, { environment: 'local' })).toMatchObject({
      provider: { options: { base_url: 'http://127.0.0.1:4010' } },
      execution: { lookUp: { settleMs: 1000 } },
    });
  });
});

describe('composing is a JSON merge patch (RFC 7396)', () => {
  const json = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.constant(null),
      fc.array(fc.integer(), { maxLength: 2 }),
      tie('map'),
    ),
  })).map;
  const file = fc.record({ recipients: json, execution: json }, { requiredKeys: [] });

  test('in every result', () => {
    fc.assert(
      fc.property(file, file, (base, patch) => {
        expect(merged(base, patch)).toEqual(mergePatch(base, patch));
      }),
    );
  });

  test('so that an empty patch changes nothing', () => {
    fc.assert(
      fc.property(file, (base) => {
        expect(merged(base, {})).toEqual(base);
      }),
    );
  });

  test('so that the same patch again changes nothing', () => {
    fc.assert(
      fc.property(file, file, (base, patch) => {
        const once = merged(base, patch);
        expect(merged(once, patch)).toEqual(once);
      }),
    );
  });

  function merged(base: object, patch: object): object {
    const { root } = parse('f', JSON.stringify({ ...base, environments: { e: patch } }));
    if (root === undefined) throw new Error('JSON is YAML');
    const { environments: _, ...rest } = Object(plain(compose(root, 'e', { allowsNull: () => false })));
    return rest;
  }

  /** The pseudo code of RFC 7396, section 2. */
  function mergePatch(target: unknown, patch: unknown): unknown {
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
    const result: Record<string, unknown> =
      typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete result[key];
      else result[key] = mergePatch(result[key], value);
    }
    return result;
  }
});
