import { isObject, type JsonObject } from '../../model/json.ts';
import type { Workflow } from './account.ts';

/** One entry of `workflow_params`. */
export type Entry = {
  readonly phone: string;
  readonly tags: JsonObject;
  readonly variables: JsonObject;
  readonly message: string;
  /** As it was sent. */
  readonly sent: JsonObject;
};

/** "Message length after substitution <= 4000": https://docs.voice.intron.io/docs/voicebot/robocall-call, read 2026-11-21. */
const longestMessage = 4_000;

/** Each type's way to write a name in a message. */
const placeholders = { ROBOCALL: /\[([^[\]]+)\]/g, CONVERSATION: /\{\{([^{}]+)\}\}/g } as const;

/**
 * Reads the nested shape (tags and variables apart) and the flat one (variables beside the number), whichever it is: no
 * page says which endpoint takes which. What makes an entry invalid is not documented either.
 */
export function readEntry(sent: unknown, workflow: Workflow): Entry | { readonly wrong: string } {
  if (!isObject(sent)) return { wrong: 'is not an object' };
  const phone = sent['phone_number'];
  if (typeof phone !== 'string' || phone === '') return { wrong: 'phone_number is required' };
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) return { wrong: `phone_number ${phone} is not a phone number` };
  const { tags, variables } = partsOf(sent);
  if (!isObject(tags) || !areScalars(tags)) return { wrong: 'user_tag_identifiers must be an object of texts' };
  if (!isObject(variables) || !areScalars(variables)) return { wrong: 'variables must be texts' };
  const missing: string[] = [];
  const message = workflow.message.replaceAll(placeholders[workflow.workflow_type], (_whole, name: string) => {
    const value = Object.hasOwn(variables, name.trim()) ? variables[name.trim()] : undefined;
    if (value === undefined) missing.push(name.trim());
    return String(value ?? '');
  });
  if (missing.length > 0) return { wrong: `there is no value for ${missing.join(', ')}` };
  if (message.length > longestMessage)
    return { wrong: `the message has more than ${String(longestMessage)} characters` };
  return { phone, tags, variables, message, sent };
}

function partsOf(sent: JsonObject): { readonly tags: unknown; readonly variables: unknown } {
  if ('workflow_variables' in sent || 'user_tag_identifiers' in sent) {
    const { workflow_variables: variables = {}, user_tag_identifiers: tags = {} } = sent;
    return { tags, variables };
  }
  const { phone_number: _phone, ...variables } = sent;
  return { tags: {}, variables };
}

function areScalars(values: JsonObject): values is Readonly<Record<string, string | number | boolean>> {
  return Object.values(values).every((value) => ['string', 'number', 'boolean'].includes(typeof value));
}
