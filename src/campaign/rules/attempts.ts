import { entriesAt, at, keyPlaceAt } from '../sourced.ts';
import type { Rule } from './rule.ts';

/** Retries need room, and room for attempts needs retries. */
export const attempts: Rule = ({ root }) => {
  const max = at(root, ['execution', 'attempts', 'max']);
  const count = max?.kind === 'scalar' && typeof max.value === 'number' ? max.value : undefined;
  const retries = entriesAt(root, ['execution', 'attempts', 'retry']).size > 0;
  const here = keyPlaceAt(root, ['execution', 'attempts', retries ? 'retry' : 'max']);
  if (here === undefined) return [];
  if (retries && (max === undefined || count === 1)) {
    return [{ code: 'RETRY_WITHOUT_MAX', args: count === undefined ? {} : { max: count }, at: here }];
  }
  if (!retries && count !== undefined && count > 1) {
    return [{ code: 'MAX_WITHOUT_RETRY', args: { max: count }, at: here }];
  }
  return [];
};
