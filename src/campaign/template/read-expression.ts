import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TemplateConstruct } from '../../model/codes/templates.ts';
import type { Expression, Origin } from './expression.ts';
import { helpers, readHelper } from './helpers.ts';
import type { HelperCall } from './helpers.ts';
import { isReservedName } from './names.ts';
import { nearest } from '../../model/nearest.ts';
import type { Locate } from './origin.ts';

/** One template being read; findings are collected, so that all are told. */
export type Reading = { readonly locate: Locate; readonly findings: Diagnostic[] };

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement;

/** `{{name}}` or `{{helper …}}`; undefined where there is a finding. */
export function readExpression(call: Call, reading: Reading): Expression | undefined {
  if (!isPath(call.path)) return refuse(reading, call, 'literal');
  if (call.type === 'MustacheStatement' && operandsOf(call).length === 0) return readName(call.path, reading);
  const construct = constructOf(call.path);
  if (construct !== undefined) return refuse(reading, call, construct);
  return readHelperCall(call, call.path.original, reading);
}

/** What `{{#if …}}` and `{{#unless …}}` ask; undefined where there is a finding. */
export function readCondition(
  block: hbs.AST.BlockStatement,
  { at, expression }: Origin,
  reading: Reading,
): Expression | undefined {
  const name = block.path.original;
  const raw = expression.startsWith('{{{{');
  if (raw || block.program?.blockParams?.length > 0) {
    return refuse(reading, block.path, raw ? 'raw_block' : 'block_parameters', expression);
  }
  if (name !== 'if' && name !== 'unless') {
    reading.findings.push({ code: 'TEMPLATE_BLOCK_UNKNOWN', args: { block: name, expression }, at });
    return undefined;
  }
  const [condition, ...more] = operandsOf(block);
  if (condition === undefined || more.length > 0) {
    const args = { helper: `#${name}`, expression, problem: 'it takes one condition', usage: `{{#${name} nickname}}` };
    reading.findings.push({ code: 'TEMPLATE_HELPER_ARGUMENTS', args, at });
    return undefined;
  }
  return readOperand(condition, reading);
}

function readOperand(node: hbs.AST.Expression, reading: Reading): Expression | undefined {
  if (isSubExpression(node)) return readExpression(node, reading);
  if (isPath(node)) return readName(node, reading);
  if (isLiteral(node) && typeof node.value !== 'undefined') return { kind: 'constant', value: node.value };
  return refuse(reading, node, 'literal');
}

function readName(path: hbs.AST.PathExpression, reading: Reading): Expression | undefined {
  const construct = constructOf(path);
  if (construct !== undefined) return refuse(reading, path, construct);
  const name = path.parts[0] ?? '';
  const { at, expression } = reading.locate(path.loc);
  if (isReservedName(name)) {
    reading.findings.push({ code: 'TEMPLATE_NAME_RESERVED', args: { name }, at });
    return undefined;
  }
  const helper = helpers.get(name);
  if (helper === undefined || expression.startsWith('[')) return { kind: 'name', name };
  const problem = `it stands alone; a column of that name is {{[${name}]}}`;
  const args = { helper: name, expression, problem, usage: helper.usage };
  reading.findings.push({ code: 'TEMPLATE_HELPER_ARGUMENTS', args, at });
  return undefined;
}

/** What else a path is than one plain name. */
function constructOf(path: hbs.AST.PathExpression): TemplateConstruct | undefined {
  if (path.data) return 'data_variable';
  if (path.depth > 0) return 'parent_path';
  if (path.parts.length === 0) return 'this';
  return path.parts.length > 1 ? 'dotted_path' : undefined;
}

function readHelperCall(call: Call, name: string, reading: Reading): Expression | undefined {
  const { at, expression } = reading.locate(call.loc);
  const helper = helpers.get(name);
  const given = readArguments(call, reading);
  if (helper === undefined) {
    const known = [...helpers.keys()];
    const meant = nearest(name, known);
    const args = { helper: name, expression, known, ...(meant === undefined ? {} : { meant }) };
    reading.findings.push({ code: 'TEMPLATE_HELPER_UNKNOWN', args, at });
    return undefined;
  }
  if (given === undefined) return undefined;
  const read = readHelper(helper, given);
  if (read.kind === 'read') return read.expression;
  reading.findings.push(
    read.kind === 'pattern'
      ? { code: 'TEMPLATE_DATE_PATTERN', args: { pattern: read.pattern, problem: read.problem }, at }
      : {
          code: 'TEMPLATE_HELPER_ARGUMENTS',
          args: { helper: name, expression, problem: read.problem, usage: helper.usage },
          at,
        },
  );
  return undefined;
}

function readArguments(call: Call, reading: Reading): HelperCall | undefined {
  const operands = call.params.map((operand) => readOperand(operand, reading));
  const options = (call.hash?.pairs ?? []).map((pair) => [pair.key, readOperand(pair.value, reading)] as const);
  const whole = operands.filter((operand) => operand !== undefined);
  const named = options.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  if (whole.length < operands.length || named.length < options.length) return undefined;
  return { operands: whole, options: new Map(named) };
}

function operandsOf(call: Call): readonly hbs.AST.Expression[] {
  return [...call.params, ...(call.hash?.pairs ?? [])];
}

function refuse(reading: Reading, node: hbs.AST.Node, construct: TemplateConstruct, quoted?: string): undefined {
  const { at, expression } = reading.locate(node.loc);
  reading.findings.push({ code: 'TEMPLATE_CONSTRUCT', args: { construct, expression: quoted ?? expression }, at });
  return undefined;
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function isSubExpression(node: hbs.AST.Node): node is hbs.AST.SubExpression {
  return node.type === 'SubExpression';
}

function isLiteral(node: hbs.AST.Node): node is hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral {
  return ['StringLiteral', 'NumberLiteral', 'BooleanLiteral'].includes(node.type);
}
