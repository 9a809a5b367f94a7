import type { Scalar } from '../../model/value.ts';
import { isBlank } from './blank.ts';

/** What `#if` takes for true: as in Handlebars false, 0 and nothing are not. The text "false" is a text. */
export function isTrue(value: Scalar): boolean {
  return value !== false && value !== 0 && !isBlank(value);
}
