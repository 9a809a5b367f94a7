import { describe, test } from 'vitest';
import { providerSuite } from '../../src/provider-kit/suite.ts';
import { happyrobot } from '../../src/providers/happyrobot/index.ts';
import { stands } from '../contract/stands.ts';

const stand = stands['happyrobot'];
if (stand === undefined) throw new Error('no stand for happyrobot');

describe('dialling many at once', () => {
  providerSuite(happyrobot, { ...stand, options: { ...stand.options, dialling: 'batched' } }, test);
});
