/**
 * JSON text to values, more strictly than JSON.parse: numbers keep the digits that they are written with, and a key that
 * stands twice in one object is an error, as which of the two values holds could only be guessed.
 */

/** A number as it is written. */
export type WrittenNumber = { readonly number: string };

export type JsonObject = ReadonlyMap<string, JsonValue>;

export type JsonValue = null | boolean | string | WrittenNumber | readonly JsonValue[] | JsonObject;

export type ParsedJson =
  | { readonly kind: 'value'; readonly value: JsonValue }
  /** `offset` counts UTF-16 units. `problem` quotes nothing of the text. */
  | { readonly kind: 'failed'; readonly offset: number; readonly problem: string };

/** Parses a text that is one value. */
export function parseJson(text: string): ParsedJson {
  const reader = { text, offset: 0, depth: 0 };
  try {
    const value = readValue(reader);
    skipBlanks(reader);
    if (reader.offset < text.length) fail(reader, 'something stands behind its end');
    return { kind: 'value', value };
  } catch (error) {
    if (error instanceof JsonProblem) return { kind: 'failed', offset: error.offset, problem: error.message };
    throw error;
  }
}

class JsonProblem extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

type Reader = { readonly text: string; offset: number; depth: number };

/** Lists and objects within each other; a row needs one. */
const deepest = 64;

const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** A text up to its quote: no control characters, and only the escapes of JSON. */
// oxlint-disable-next-line no-control-regex -- RFC 8259, 7: these and no others must be escaped.
const textForm = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

const blanks = /[ \t\r\n]*/y;

const words = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const;

function readValue(reader: Reader): JsonValue {
  skipBlanks(reader);
  const { text, offset } = reader;
  const first = text[offset];
  if (first === undefined) return fail(reader, 'it ends too early');
  if (first === '"') return readText(reader);
  if (first === '{') return nested(reader, readObject);
  if (first === '[') return nested(reader, readList);
  const word = words.find(([written]) => text.startsWith(written, offset));
  if (word !== undefined) {
    reader.offset += word[0].length;
    return word[1];
  }
  const number = take(reader, numberForm);
  return number === undefined ? fail(reader, 'no value begins so') : { number };
}

function nested<Value>(reader: Reader, read: (reader: Reader) => Value): Value {
  reader.depth += 1;
  if (reader.depth > deepest) fail(reader, `lists and objects are more than ${String(deepest)} deep`);
  reader.offset += 1;
  const value = read(reader);
  reader.depth -= 1;
  return value;
}

function readObject(reader: Reader): JsonObject {
  const members = new Map<string, JsonValue>();
  if (takeMark(reader, '}')) return members;
  for (;;) {
    skipBlanks(reader);
    const start = reader.offset;
    const key = readText(reader);
    if (members.has(key)) {
      reader.offset = start;
      fail(reader, 'a key stands twice in one object');
    }
    if (!takeMark(reader, ':')) fail(reader, 'a colon was expected');
    members.set(key, readValue(reader));
    if (takeMark(reader, '}')) return members;
    if (!takeMark(reader, ',')) fail(reader, 'a comma or } was expected');
  }
}

function readList(reader: Reader): readonly JsonValue[] {
  const items: JsonValue[] = [];
  if (takeMark(reader, ']')) return items;
  for (;;) {
    items.push(readValue(reader));
    if (takeMark(reader, ']')) return items;
    if (!takeMark(reader, ',')) fail(reader, 'a comma or ] was expected');
  }
}

function readText(reader: Reader): string {
  const written = take(reader, textForm);
  if (written === undefined) return fail(reader, 'a text in double quotes was expected');
  if (!written.includes('\\')) return written.slice(1, -1);
  const value: unknown = JSON.parse(written);
  return String(value);
}

function takeMark(reader: Reader, mark: string): boolean {
  skipBlanks(reader);
  if (reader.text[reader.offset] !== mark) return false;
  reader.offset += 1;
  return true;
}

function skipBlanks(reader: Reader): void {
  take(reader, blanks);
}

function take(reader: Reader, form: RegExp): string | undefined {
  form.lastIndex = reader.offset;
  const found = form.exec(reader.text)?.[0];
  if (found !== undefined) reader.offset += found.length;
  return found;
}

function fail(reader: Reader, problem: string): never {
  throw new JsonProblem(reader.offset, problem);
}
