/** `callplan/provider-testing`: the contract's tests for a provider of one's own. */
export { providerSuite } from './suite.ts';
export type { DeclareTest } from './suite.ts';
export type { Stand } from './stand.ts';
export type { Faults } from '../sandbox/faults.ts';
