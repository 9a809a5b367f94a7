import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import { asList, asObject, isObject } from '../answer.ts';
import type { Operation } from '../contract.ts';

/** Page calls/get-transcript, read 2026-11-21: messages of the system and of tools were said to nobody. */
const spoken = ['assistant', 'user'];

/** What was said in a call, one line for each turn: `assistant: ...`, `user: ...`. */
export function transcriptOf({ baseUrl }: { readonly baseUrl: string }): Operation<Handle, string> {
  return {
    request: ({ callId }) => {
      if (callId === undefined) throw new InternalError('a transcript is read by the id of its call');
      return { method: 'GET', url: `${baseUrl}/calls/${encodeURIComponent(callId)}/transcript` };
    },
    answer: (body) =>
      asList(asObject(body, 'a transcript')['messages'], 'a list of messages')
        .filter(isObject)
        .filter(({ role, content, discard }) => spoken.includes(String(role)) && content && discard !== true)
        .map(({ role, content }) => `${String(role)}: ${String(content)}`)
        .join('\n'),
  };
}
