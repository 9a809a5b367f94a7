import type { RowReason } from '../model/recipient.ts';
import type { RenderInput, Rendered, Template, TemplateTree } from '../model/template.ts';
import type { Fields, Value } from '../model/value.ts';

/** A rendered tree, or the reason of the first template in it that failed. */
export type RenderedTree =
  | { readonly kind: 'rendered'; readonly fields: Fields; readonly texts: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: RowReason };

/** Renders the templates of a tree. `texts` are the texts that came out of templates, for checks. */
export function renderTree(tree: TemplateTree & { readonly kind: 'map' }, input: RenderInput): RenderedTree {
  const texts: string[] = [];
  const render = (template: Template): Rendered => {
    const rendered = template.render(input);
    if (rendered.kind === 'rendered' && typeof rendered.value === 'string') texts.push(rendered.value);
    return rendered;
  };
  const fields = renderMap(tree.entries, render);
  return fields.kind === 'failed' ? fields : { kind: 'rendered', fields: fields.value, texts };
}

/** Every template of the tree. */
export function templatesIn(tree: TemplateTree): readonly Template[] {
  switch (tree.kind) {
    case 'literal':
      return [];
    case 'template':
      return [tree.template];
    case 'list':
      return tree.items.flatMap(templatesIn);
    case 'map':
      return Object.values(tree.entries).flatMap(templatesIn);
  }
}

type Render = (template: Template) => Rendered;

function renderNode(tree: TemplateTree, render: Render): Rendered<Value> {
  switch (tree.kind) {
    case 'literal':
      return { kind: 'rendered', value: tree.value };
    case 'template':
      return render(tree.template);
    case 'list':
      return renderList(tree.items, render);
    case 'map':
      return renderMap(tree.entries, render);
  }
}

function renderList(items: readonly TemplateTree[], render: Render): Rendered<Value> {
  const values: Value[] = [];
  for (const item of items) {
    const rendered = renderNode(item, render);
    if (rendered.kind === 'failed') return rendered;
    values.push(rendered.value);
  }
  return { kind: 'rendered', value: values };
}

function renderMap(entries: Readonly<Record<string, TemplateTree>>, render: Render): Rendered<Fields> {
  const fields: Record<string, Value> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const rendered = renderNode(entry, render);
    if (rendered.kind === 'failed') return rendered;
    fields[name] = rendered.value;
  }
  return { kind: 'rendered', value: fields };
}
