import type { Recipient } from '../model/recipient.ts';
import type { TemplateTree } from '../model/template.ts';
import type { Scalars } from '../model/value.ts';
import { renderTree, templatesIn, type RenderedTree } from './render-tree.ts';
import { sentValues } from './sent.ts';

/** Renders the resource that goes with a recipient's call. */
export function renderCarried(
  tree: TemplateTree & { readonly kind: 'map' },
  of: Pick<Recipient, 'row' | 'variables' | 'zone'>,
  constants: Scalars,
): RenderedTree {
  const names = templatesIn(tree).flatMap(({ uses }) => uses);
  const values = sentValues(of, names, constants);
  return renderTree(tree, of.zone === undefined ? { values } : { values, zone: of.zone });
}
