import type { Template, TemplateTree } from '../model/template.ts';
import type { Value } from '../model/value.ts';
import type { Sourced } from './sourced.ts';
import { joinPath } from './sourced.ts';

type MapTree = TemplateTree & { readonly kind: 'map' };

/** A rendered block as a tree with its compiled templates (by printed path) at the leaves. Text without `{{` stays data. */
export function readTemplates(
  node: Sourced | undefined,
  path: string,
  templates: ReadonlyMap<string, Template>,
): MapTree {
  if (node?.kind !== 'map') return { kind: 'map', entries: {} };
  const entries = [...node.entries].map(([key, { value }]) => [key, treeOf(value, joinPath(path, key), templates)]);
  return { kind: 'map', entries: Object.fromEntries(entries) };
}

/** The tree as data: templates by their sources, for digests. */
export function printTree(tree: TemplateTree): Value {
  switch (tree.kind) {
    case 'literal':
      return tree.value;
    case 'template':
      return { template: tree.template.source };
    case 'list':
      return tree.items.map(printTree);
    case 'map':
      return Object.fromEntries(Object.entries(tree.entries).map(([key, entry]) => [key, printTree(entry)]));
  }
}

function treeOf(node: Sourced, path: string, templates: ReadonlyMap<string, Template>): TemplateTree {
  const template = templates.get(path);
  if (template !== undefined && template.source.includes('{{')) return { kind: 'template', template };
  switch (node.kind) {
    case 'scalar':
      return { kind: 'literal', value: node.value };
    case 'list':
      return { kind: 'list', items: node.items.map((item, index) => treeOf(item, joinPath(path, index), templates)) };
    case 'map':
      return readTemplates(node, path, templates);
    case 'broken':
      return { kind: 'literal', value: null };
  }
}
