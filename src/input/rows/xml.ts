/** The little XML that workbooks are written in, as a run of tokens. Prefixes of names are passed over. */
export type XmlToken =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** Why a part of a workbook is not the XML that it should be. */
export class XmlProblem extends Error {}

const markup =
  /<(?:(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|!\[CDATA\[([\s\S]*?)\]\]>|!--[\s\S]*?-->|\?[\s\S]*?\?>)/y;

const attribute = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** @throws XmlProblem */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  let at = xml.startsWith('\uFEFF') ? 1 : 0;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const end = next === -1 ? xml.length : next;
    if (end > at) yield { kind: 'text', text: decoded(xml.slice(at, end)) };
    if (next === -1) return;
    markup.lastIndex = next;
    const match = markup.exec(xml);
    if (match === null) throw new XmlProblem('a part of it is damaged');
    at = next + match[0].length;
    yield* tokensOf(match);
  }
}

function* tokensOf([, slash, name, attributes = '', empty, raw]: RegExpExecArray): Generator<XmlToken> {
  if (raw !== undefined) yield { kind: 'text', text: raw };
  if (name === undefined) return;
  if (slash === '/') return yield { kind: 'close', name };
  yield { kind: 'open', name, attributes: attributesOf(attributes) };
  if (empty === '/') yield { kind: 'close', name };
}

function attributesOf(written: string): Readonly<Record<string, string>> {
  if (written === '') return {};
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single = ''] of written.matchAll(attribute)) {
    attributes[name] = decoded(double ?? single);
  }
  return attributes;
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
}
