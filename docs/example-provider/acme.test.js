// @ts-check
// node --test docs/example-provider/acme.test.js
import { test } from 'node:test';
import { providerSuite } from 'callplan/provider-testing';
import acme from './acme.js';
import { acmeSandbox } from './acme-sandbox.js';

const numbers = /** @type {const} */ ({ '+2348030000002': 'no_answer', '+2348030000003': 'failed' });

providerSuite(
  acme,
  {
    options: { base_url: 'http://127.0.0.1:4010/v1' },
    sandbox: (world) =>
      acmeSandbox.open({ ...world, callsPerSecond: 0, life: { shares: { replied: 1 }, numbers } }).http,
    resources: { script: { title: 'Brake recall', text: { $text: ['Hello ', { variable: 'name' }, '.'] } } },
    change: { title: 'Recall', text: 'Good day', notes: 'Changed' },
    reply: () => ({ option: 'yes' }),
  },
  test,
);
