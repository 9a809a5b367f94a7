/**
 * Names in prompts: `${name}`, filled in from a call's context (https://docs.vocode.dev/injecting-context, read 2026-11-21).
 * Only the prompt is said to be templated, not the initial message.
 */
import { isFields, isList, namesOf, type Fields, type Text } from '../../model/value.ts';

const placeholder = /\$\{([^{}]+)\}/g;

/** Text with its names as `${name}`. */
export function printPrompt(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.variable}}`)).join('');
}

/** The inverse of printPrompt: names verbatim, blanks and all. */
export function parsePrompt(content: string): Text {
  const parts: (string | { readonly variable: string })[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of content.matchAll(placeholder)) {
    if (index > end) parts.push(content.slice(end, index));
    parts.push({ variable: name });
    end = index + whole.length;
  }
  if (end < content.length) parts.push(content.slice(end));
  return parts;
}

/** Whether text has a `${name}`. */
export function hasPlaceholder(text: string): boolean {
  return text.search(placeholder) >= 0;
}

/** The names that a live agent's prompt asks for: in its text, and as keys that its template requires. */
export function namesInPrompt(agent: Fields): readonly string[] {
  const prompt = memberOf(agent, 'prompt');
  const content = prompt['content'];
  const required = memberOf(prompt, 'prompt_template')['required_context_keys'];
  const written = typeof content === 'string' ? namesOf(parsePrompt(content)).map((name) => name.trim()) : [];
  const keys = required !== undefined && isList(required) ? required.filter((key) => typeof key === 'string') : [];
  return [...new Set([...written, ...keys])];
}

function memberOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return value !== undefined && isFields(value) ? value : {};
}
