import type { Handle } from '../../model/attempt.ts';
import { InternalError } from '../../model/internal-error.ts';
import { asList, asObject, isObject } from '../answer.ts';
import type { Operation } from '../contract.ts';

/** What was said, by the `messages` of a conversation: {role: agent | user, content}. */
export function transcriptOf({ baseUrl }: { readonly baseUrl: string }): Operation<Handle, string> {
  return {
    request: ({ callId }) => {
      if (callId === undefined) throw new InternalError('a conversation is read by its id');
      return { method: 'GET', url: `${baseUrl}/conversations/${encodeURIComponent(callId)}` };
    },
    answer: (body) => {
      const messages = asObject(body, 'a conversation')['messages'] ?? [];
      return asList(messages, 'a list of messages')
        .filter(isObject)
        .map(({ role, content }) => `${String(role)}: ${String(content)}`)
        .join('\n');
    },
  };
}
