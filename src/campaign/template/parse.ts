/**
 * Source to parts. Handlebars parses; everything that a campaign's template may not hold is a finding here, so
 * that what comes out needs no further care. All findings of a template are told at once.
 */
import { parse } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { Part } from './expression.ts';
import { locator } from './origin.ts';
import type { Locate } from './origin.ts';
import { readCondition, readExpression } from './read-expression.ts';
import type { Reading } from './read-expression.ts';
import { syntaxFinding } from './syntax-error.ts';

/** The longest template, in UTF-16 units: some ten times the longest prompt anybody writes. */
const maxTemplateLength = 100_000;

/** How deep blocks and expressions may be nested. */
const maxDepth = 50;

export type Parsed =
  | { readonly kind: 'parsed'; readonly parts: readonly Part[] }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Reads a template. `exact`: see locator. */
export function parseTemplate(source: string, at: Place, exact = false): Parsed {
  if (source.length > maxTemplateLength) {
    const args = { length: source.length, limit: maxTemplateLength };
    return { kind: 'failed', diagnostics: [{ code: 'TEMPLATE_TOO_LONG', args, at }] };
  }
  // Handlebars reads nothing but {{ and a backslash before it.
  if (!source.includes('{{')) return { kind: 'parsed', parts: source === '' ? [] : [{ kind: 'text', text: source }] };
  if (nesting(source) > maxDepth) {
    return { kind: 'failed', diagnostics: [{ code: 'TEMPLATE_TOO_DEEP', args: { limit: maxDepth }, at }] };
  }
  const program = parseSyntax(source, at, exact);
  if ('code' in program) return { kind: 'failed', diagnostics: [program] };
  const findings: Diagnostic[] = [];
  const parts = readProgram(program, { locate: locator(source, at, exact), findings });
  return findings.length > 0 ? { kind: 'failed', diagnostics: findings } : { kind: 'parsed', parts };
}

function parseSyntax(source: string, at: Place, exact: boolean): hbs.AST.Program | Diagnostic {
  try {
    return parse(source);
  } catch (error) {
    return syntaxFinding(error, source, { at, exact });
  }
}

/** An upper bound for the depth of the tree; `{{#if` inside a quoted word counts too. */
function nesting(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of source.matchAll(/\{\{~?#|\{\{~?\^|\{\{~?\/|\{\{~?\s*else\s|\(|\)/g)) {
    depth = token.endsWith('/') || token === ')' ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function readProgram(program: hbs.AST.Program | undefined, reading: Reading): readonly Part[] {
  return (program?.body ?? []).flatMap((statement) => readStatement(statement, reading));
}

function readStatement(statement: hbs.AST.Statement, reading: Reading): readonly Part[] {
  if (isContent(statement)) return statement.value === '' ? [] : [{ kind: 'text', text: statement.value }];
  if (statement.type === 'CommentStatement') return [];
  if (isMustache(statement)) return readMustache(statement, reading);
  if (isBlock(statement)) return readBlock(statement, reading);
  const construct = statement.type.startsWith('Partial') ? 'partial' : 'decorator';
  return reject(reading, statement.loc, (origin) => ({
    code: 'TEMPLATE_CONSTRUCT',
    args: { construct, expression: origin.expression },
    at: origin.at,
  }));
}

function readMustache(statement: hbs.AST.MustacheStatement, reading: Reading): readonly Part[] {
  const of = readExpression(statement, reading);
  return of === undefined ? [] : [{ kind: 'value', of, origin: reading.locate(statement.loc) }];
}

function readBlock(block: hbs.AST.BlockStatement, reading: Reading): readonly Part[] {
  const origin = openingOf(reading.locate, block);
  const when = readCondition(block, origin, reading);
  const body = readProgram(block.program, reading);
  const otherwise = readProgram(block.inverse, reading);
  if (when === undefined) return [];
  return block.path.original === 'if'
    ? [{ kind: 'choice', when, body, otherwise, origin }]
    : [{ kind: 'choice', when, body: otherwise, otherwise: body, origin }];
}

/** A block is quoted by its opening tag: its body can be pages long. */
function openingOf(locate: Locate, block: hbs.AST.BlockStatement): ReturnType<Locate> {
  const operands = [...block.params, ...(block.hash?.pairs ?? [])];
  const last = operands.at(-1) ?? block.path;
  const { at, expression } = locate({ start: block.loc.start, end: last.loc.end });
  return { at, expression: `${expression}}}` };
}

function reject(
  reading: Reading,
  loc: hbs.AST.SourceLocation,
  finding: (origin: ReturnType<Locate>) => Diagnostic,
): [] {
  reading.findings.push(finding(reading.locate(loc)));
  return [];
}

function isContent(node: hbs.AST.Node): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement';
}

function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}
