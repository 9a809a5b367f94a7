import type { Diagnostic } from '../../model/diagnostic.ts';
import { isLoopback } from '../../model/loopback.ts';
import { isAddress, sourceKinds } from '../resolve-source.ts';
import type { Path, SourcedMap, SourcedScalar } from '../sourced.ts';
import { at, entriesAt, itemsAt, keyPlaceAt, printPath, textAt } from '../sourced.ts';
import { compileTemplate } from '../template/compile.ts';
import { limits } from './limits.ts';
import type { Rule } from './rule.ts';

type Kind = (typeof sourceKinds)[number];

/** Which kinds an option of a source belongs to. */
const optionKinds: Readonly<Record<string, readonly Kind[]>> = {
  delimiter: ['csv'],
  encoding: ['csv', 'tsv'],
  at: ['json'],
  sheet: ['xlsx'],
  query: ['sql'],
  headers: ['csv', 'tsv', 'json', 'jsonl', 'xlsx'],
  sha256: ['csv', 'tsv', 'json', 'jsonl', 'xlsx'],
};

/** A source is of one kind and has the options of that kind; what it is asked with is safe. */
export const sources: Rule = ({ root }) =>
  ['from', 'suppress'].flatMap((list) =>
    itemsAt(root, ['recipients', list]).flatMap((source, index): readonly Diagnostic[] => {
      if (source.kind !== 'map') return [];
      const path = ['recipients', list, index];
      const [kind, ...more] = sourceKinds.filter((one) => source.entries.has(one));
      if (kind === undefined || more.length > 0) {
        const found = kind === undefined ? 'none' : 'both';
        return [{ code: 'SOURCE_KIND', args: { path: printPath(path), found }, at: source.place }];
      }
      return [
        ...options(source, kind, path),
        ...address(source, kind, path),
        ...database(source, path),
        ...headers(source, path),
        ...templates(source),
        ...limits(source, path),
      ];
    }),
  );

function options(source: SourcedMap, kind: Kind, path: Path): readonly Diagnostic[] {
  const isFetched = isAddress(textAt(source, [kind]) ?? '');
  return Object.entries(optionKinds).flatMap(([key, kinds]): readonly Diagnostic[] => {
    const place = keyPlaceAt(source, [key]);
    if (place === undefined) return [];
    const isForAddress = key === 'headers' || key === 'sha256';
    if (kinds.includes(kind) && (isFetched || !isForAddress)) return [];
    const said = kinds.includes(kind) ? 'path' : kind;
    return [{ code: 'SOURCE_OPTION', args: { path: printPath(path), key, kind: said }, at: place }];
  });
}

/** https, or http on this machine; user and password belong into a header. */
function address(source: SourcedMap, kind: Kind, path: Path): readonly Diagnostic[] {
  const node = at(source, [kind]);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
  const shown = printPath([...path, kind]);
  const invalid = (problem: string): Diagnostic => ({
    code: 'URL_INVALID',
    args: { path: shown, problem },
    at: node.place,
  });
  const scheme = otherScheme(node.value, kind);
  if (scheme !== undefined) return [invalid(`it begins with ${scheme}`)];
  if (kind === 'sql' || !isAddress(node.value)) return [];
  const url = URL.parse(node.value);
  if (url === null) return [invalid('it is not a URL')];
  if (url.username !== '' || url.password !== '') return [invalid('it holds a user or a password')];
  if (url.hash !== '') return [invalid('it holds a fragment')];
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return [];
  return [{ code: 'URL_INSECURE', args: { path: shown, host: url.hostname }, at: node.place }];
}

/** The scheme of an address that nobody here can read, which would be taken for a path. */
function otherScheme(text: string, kind: Kind): string | undefined {
  const known = kind === 'sql' ? /^postgres(?:ql)?:$/ : /^https?:$/;
  const scheme = /^([a-z][a-z0-9+.-]+:)\/\//i.exec(text)?.[1]?.toLowerCase();
  return scheme === undefined || known.test(scheme) ? undefined : scheme;
}

/** A database says what it is asked; its password stands in the environment. */
function database(source: SourcedMap, path: Path): readonly Diagnostic[] {
  const node = at(source, ['sql']);
  if (node?.kind !== 'scalar') return [];
  const query: readonly Diagnostic[] = source.entries.has('query')
    ? []
    : [{ code: 'KEY_MISSING', args: { key: 'query', path: printPath(path) }, at: node.place }];
  const written = /^postgres(?:ql)?:/i.test(String(node.value)) && node.secret === undefined;
  const hasPassword =
    written && (/:\/\/[^/@]*:[^/@]*@/.test(String(node.value)) || /password=/i.test(String(node.value)));
  return hasPassword ? [...query, secretWritten(node, [...path, 'sql'])] : query;
}

/** Names of headers that carry credentials. */
const credentialName = /auth|cookie|token|secret|key|password/i;

function headers(source: SourcedMap, path: Path): readonly Diagnostic[] {
  return [...entriesAt(source, ['headers'])].flatMap(([name, { value }]) =>
    value.kind === 'scalar' && value.secret === undefined && credentialName.test(name)
      ? [secretWritten(value, [...path, 'headers', name])]
      : [],
  );
}

function secretWritten({ place }: SourcedScalar, path: Path): Diagnostic {
  return { code: 'SECRET_WRITTEN', args: { path: printPath(path) }, at: place };
}

function templates(source: SourcedMap): readonly Diagnostic[] {
  return [...entriesAt(source, ['map'])].flatMap(([, { value }]) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !value.value.includes('{{')) return [];
    const compiled = compileTemplate(value.value, value.place, { constants: {}, locale: 'en' });
    return compiled.kind === 'failed' ? compiled.diagnostics : [];
  });
}
