import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { Template } from '../../model/template.ts';
import { foldParts } from './fold.ts';
import type { FoldOptions } from './fold.ts';
import { namesIn, neededNames } from './names.ts';
import { parseTemplate } from './parse.ts';
import { renderer } from './render.ts';

export type TemplateOptions = FoldOptions & {
  /**
   * True where the source stands in its file as it is, beginning at the given place (a template file): findings then
   * point into it. Otherwise they point at the whole scalar and quote the expression. Default: false.
   */
  readonly exact?: boolean;
};

export type Compiled =
  | { readonly kind: 'compiled'; readonly template: Template }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Compiles a field that is rendered per recipient. Constants are folded in; `uses` still names them. */
export function compileTemplate(source: string, at: Place, options: TemplateOptions): Compiled {
  const parsed = parseTemplate(source, at, options.exact);
  if (parsed.kind === 'failed') return parsed;
  const { parts, diagnostics } = foldParts(parsed.parts, options);
  if (diagnostics.length > 0) return { kind: 'failed', diagnostics };
  const template = {
    source,
    at,
    uses: namesIn(parsed.parts),
    needs: neededNames(parts),
    render: renderer(parts, options.locale),
  };
  return { kind: 'compiled', template };
}
