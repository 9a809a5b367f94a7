import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { TemplateTree } from '../model/template.ts';
import { isFields, type Fields, type Value } from '../model/value.ts';
import { compileTemplate, type TemplateOptions } from './template/compile.ts';

/** A resource that goes with each call, its texts as templates. */
export type RenderedResource = TemplateTree & { readonly kind: 'map' };

export type CompiledResource =
  | { readonly kind: 'compiled'; readonly tree: RenderedResource }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Compiles the texts of a resource that are rendered per recipient: whoever wrote them, the file or a person in the
 * provider's dashboard. Findings stand where the campaign names the resource.
 * @param paths dotted
 */
export function compileResource(
  fields: Fields,
  paths: readonly string[],
  options: Omit<TemplateOptions, 'exact'> & { readonly at: Place },
): CompiledResource {
  const diagnostics: Diagnostic[] = [];
  const treeOf = (value: Value, path: string): TemplateTree => {
    if (isFields(value)) return mapOf(value, `${path}.`);
    if (typeof value !== 'string' || !paths.includes(path) || !value.includes('{{')) return { kind: 'literal', value };
    const compiled = compileTemplate(value, options.at, options);
    if (compiled.kind === 'compiled') return { kind: 'template', template: compiled.template };
    diagnostics.push(...compiled.diagnostics);
    return { kind: 'literal', value };
  };
  const mapOf = (map: Fields, prefix: string): RenderedResource => ({
    kind: 'map',
    entries: Object.fromEntries(Object.entries(map).map(([name, value]) => [name, treeOf(value, prefix + name)])),
  });
  const tree = mapOf(fields, '');
  return diagnostics.length === 0 ? { kind: 'compiled', tree } : { kind: 'failed', diagnostics };
}
