import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import { asObject } from '../answer.ts';
import type { Operation } from '../contract.ts';

/** The call's own `transcript`; there is none of calls that are `hipaa_compliant`. */
export function transcriptOf({ baseUrl }: { readonly baseUrl: string }): Operation<Handle, string> {
  return {
    request: ({ callId }) => {
      if (callId === undefined) throw new InternalError('a call is read by its id');
      return { method: 'GET', url: `${baseUrl}/v1/calls?id=${encodeURIComponent(callId)}` };
    },
    answer: (body) => {
      const { transcript } = asObject(body, 'a call');
      return typeof transcript === 'string' ? transcript : '';
    },
  };
}
