import { InternalError } from '../model/internal-error.ts';
import { isFields, isList, isSecret, isText, type Value } from '../model/value.ts';

/** A request's body as JSON text, with secrets put in: the last moment, and nowhere else. */
export function writeBody(body: Value, secrets: ReadonlyMap<string, string>): string {
  return JSON.stringify(isPlain(body) ? body : revealed(body, secrets));
}

/** Holds nothing but itself: most bodies do, and thousands of them are written. */
function isPlain(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isPlain);
  if (isSecret(value) || isText(value) || !isFields(value)) return false;
  for (const name in value) if (!isPlain(value[name] ?? null)) return false;
  return true;
}

function revealed(value: Value, secrets: ReadonlyMap<string, string>): unknown {
  if (isList(value)) return value.map((item) => revealed(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) {
    const secret = secrets.get(value.$secret);
    if (secret === undefined) throw new InternalError('a secret of the request has no value');
    return secret;
  }
  if (isText(value)) throw new InternalError('a text of the request was not printed');
  if (!isFields(value)) throw new InternalError('a request body of an unknown kind');
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealed(member, secrets)]));
}
