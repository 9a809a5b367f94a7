import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { FindProvider } from './campaign-provider.ts';
import type { Inclusions } from './included.ts';
import { include } from './included.ts';
import { mapScalars } from './visits.ts';
import type { Path, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';
import { printPath, textAt } from './sourced.ts';
import type { Reference } from './substitute-text.ts';
import { readReferences } from './substitute-text.ts';

export type SubstituteOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of providers that are not there, nobody knows what is secret. */
  readonly findProvider: FindProvider;
  readonly inclusions: Inclusions;
};

export type Substituted = {
  readonly root: SourcedMap;
  /** `provider.type` after substitution. */
  readonly provider?: string;
  /** Secrets by what they were written as; undefined where something of it is unset. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** What the secrets lack: names of environment variables, paths of files. */
  readonly missingSecrets: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Fills in `${env.NAME}`, `${env.NAME:-default}` and `${file.PATH}` in all texts but `wave` and `environments`. The
 * tree never holds a secret: such a text stays as written, and its value is returned apart.
 */
export function substitute(root: SourcedMap, options: SubstituteOptions): Substituted {
  const work: Work = { ...options, secrets: new Map(), missing: new Set(), diagnostics: [] };
  const written = textAt(root, ['provider', 'type']);
  const provider = written === undefined ? undefined : fill(written, options).text;
  const known = provider === undefined ? undefined : options.findProvider(provider);
  const language = { provider: known?.name, library: known?.language?.schemas };
  const substituted = mapScalars(root, language, (scalar, path, { secret }) => {
    if (known === undefined && path[0] === 'provider' && path[1] !== 'type') return scalar;
    if (secret === true ? scalar.value !== null : secret === 'filled' && isFilled(scalar))
      return keepSecret(scalar, path, work);
    return typeof scalar.value === 'string' && path[0] !== 'wave' ? fillText(scalar, scalar.value, work) : scalar;
  });
  return {
    root: substituted,
    ...(provider !== undefined && { provider }),
    secrets: work.secrets,
    missingSecrets: [...work.missing],
    diagnostics: work.diagnostics,
  };
}

function isFilled({ value }: SourcedScalar): boolean {
  return typeof value === 'string' && readReferences(value).some(({ kind }) => kind !== 'text');
}

type Work = SubstituteOptions & {
  readonly secrets: Map<string, string | undefined>;
  readonly missing: Set<string>;
  readonly diagnostics: Diagnostic[];
};

function fillText(scalar: SourcedScalar, text: string, work: Work): Sourced {
  if (!text.includes('${')) return scalar;
  const filled = fill(text, work);
  for (const problem of filled.problems) work.diagnostics.push(located(withSuggestion(problem, work.env), scalar));
  return filled.problems.length > 0 || filled.unset.length > 0
    ? { kind: 'broken', place: scalar.place }
    : { ...scalar, value: filled.text };
}

function keepSecret(scalar: SourcedScalar, path: Path, work: Work): Sourced {
  const written = String(scalar.value);
  const secret = { ...scalar, secret: written };
  const filled = fill(written, work);
  if (!readReferences(written).some(({ kind }) => kind !== 'text')) {
    const [, name] = /^(?:\$|\{)+(?:env\.)?([A-Z_][A-Z0-9_]*)\}*$/.exec(written) ?? [];
    const args = { path: printPath(path), ...(name !== undefined && { name }) };
    work.diagnostics.push(located({ code: 'SECRET_WRITTEN', args }, scalar));
    return { kind: 'broken', place: scalar.place };
  }
  const mistakes = filled.problems.filter(({ code }) => code === 'SUBSTITUTION_SYNTAX');
  for (const problem of mistakes) work.diagnostics.push(located(problem, scalar));
  for (const name of filled.text === '' ? namesIn(written) : filled.unset) work.missing.add(name);
  const whole = filled.unset.length === 0 && mistakes.length === 0 && filled.text !== '';
  work.secrets.set(written, whole ? filled.text : undefined);
  return secret;
}

function namesIn(written: string): readonly string[] {
  return readReferences(written).flatMap((piece) => (piece.kind === 'reference' ? [nameOf(piece.reference)] : []));
}

function nameOf(reference: Reference): string {
  return reference.kind === 'env' ? reference.name : reference.path;
}

type Filling = Pick<SubstituteOptions, 'env' | 'inclusions'>;

type Filled = { readonly text: string; readonly problems: readonly Diagnostic[]; readonly unset: readonly string[] };

function fill(text: string, { env, inclusions }: Filling): Filled {
  const problems: Diagnostic[] = [];
  const unset: string[] = [];
  const parts = readReferences(text).map((piece) => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'unreadable') {
      // One is enough: it points at the whole text anyway.
      if (problems.length === 0) problems.push({ code: 'SUBSTITUTION_SYNTAX', args: { text: piece.text } });
      return '';
    }
    const found = lookUp(piece.reference, { env, inclusions });
    if (found.kind === 'found') return found.text;
    unset.push(nameOf(piece.reference));
    if (found.kind === 'failed') problems.push(found.diagnostic);
    if (found.kind === 'unset') problems.push({ code: 'SUBSTITUTION_UNSET', args: { name: found.name } });
    return '';
  });
  return { text: parts.join(''), problems, unset };
}

type Found =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'unset'; readonly name: string }
  | { readonly kind: 'wanted' };

/** Editors and CI leave one behind keys; no header could be sent with it. */
const lastLineEnd = /\r?\n?$/;

function lookUp(reference: Reference, { env, inclusions }: Filling): Found {
  if (reference.kind === 'env') {
    const { name, fallback } = reference;
    const value = env[name]?.replace(lastLineEnd, '');
    if (fallback !== undefined) return { kind: 'found', text: value === undefined || value === '' ? fallback : value };
    if (value !== undefined) return { kind: 'found', text: value };
    return { kind: 'unset', name };
  }
  const included = include(inclusions, reference.path, { file: '', line: 0, col: 0 });
  if (included === undefined) return { kind: 'wanted' };
  return included.kind === 'text'
    ? { kind: 'found', text: included.text.replace(lastLineEnd, '') }
    : { kind: 'failed', diagnostic: included.diagnostic };
}

function withSuggestion(problem: Diagnostic, env: SubstituteOptions['env']): Diagnostic {
  if (problem.code !== 'SUBSTITUTION_UNSET') return problem;
  const meant = nearest(
    problem.args.name,
    Object.keys(env).filter((name) => name.length > 2),
  );
  return meant === undefined ? problem : { ...problem, args: { ...problem.args, meant } };
}

function located(diagnostic: Diagnostic, { place, related }: SourcedScalar): Diagnostic {
  return { ...diagnostic, at: place, ...(related !== undefined && { related }) };
}
