import type { NameUse } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { Template } from '../model/template.ts';
import type { Fields, Scalar, Text } from '../model/value.ts';
import type { CampaignProvider } from './campaign-provider.ts';
import type { Inclusions } from './included.ts';
import { include } from './included.ts';
import type { TemplateUse, Visit } from './schema.ts';
import { visits } from './schema.ts';
import type { Path, Sourced, SourcedMap, SourcedScalar } from './sourced.ts';
import { printPath } from './sourced.ts';
import { compileTemplate } from './template/compile.ts';
import { lowerTemplate } from './template/lower.ts';

/** The texts of a campaign, compiled, by their printed paths. */
export type CompiledTexts = {
  readonly templates: ReadonlyMap<string, Template>;
  readonly texts: ReadonlyMap<string, Text>;
  readonly uses: readonly NameUse[];
  readonly diagnostics: readonly Diagnostic[];
};

export type CompileOptions = {
  readonly provider?: CampaignProvider;
  readonly constants: Readonly<Record<string, Scalar>>;
  readonly locale: string;
  readonly inclusions: Inclusions;
  /** The resource as written: what counts as a placeholder may depend on it. */
  readonly resource: Fields;
};

/** Compiles what is rendered, lowers what is lowered, and finds templates where none may stand. */
export function compileTexts(root: SourcedMap, options: CompileOptions): CompiledTexts {
  const work: Work = { ...options, templates: new Map(), texts: new Map(), uses: [], diagnostics: [] };
  for (const visit of visits(root, options.provider?.name)) {
    if (visit.notes.template === 'literal') checkLiteral(visit, work);
    else compileNode(visit, visit.notes.template, work);
  }
  return work;
}

type Work = CompileOptions & {
  readonly templates: Map<string, Template>;
  readonly texts: Map<string, Text>;
  readonly uses: NameUse[];
  readonly diagnostics: Diagnostic[];
};

function checkLiteral({ path, node, notes }: Visit, work: Work): void {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || notes.secret || !node.value.includes('{{')) return;
  work.diagnostics.push({ code: 'TEMPLATE_NOT_HERE', args: { path: printPath(path) }, at: node.place });
}

function compileNode({ path, node }: Visit, use: TemplateUse, work: Work): void {
  const source = sourceOf(node, work);
  if (source === undefined) return;
  const { constants, locale } = work;
  const options = { constants, locale, exact: source.exact };
  if (use === 'lowered') {
    const lowered = lowerTemplate(source.text, source.at, options);
    if (lowered.kind === 'failed') work.diagnostics.push(...lowered.diagnostics);
    else keepText(path, { ...lowered, at: source.at }, work);
    return;
  }
  const compiled = compileTemplate(source.text, source.at, options);
  if (compiled.kind === 'failed') {
    work.diagnostics.push(...compiled.diagnostics);
    return;
  }
  const { template } = compiled;
  work.templates.set(printPath(path), template);
  const scope = path[0] === 'recipients' ? 'row' : 'all';
  work.uses.push(...template.uses.map((name) => ({ name, at: template.at, scope }) as const));
}

type LoweredText = { readonly text: Text; readonly uses: readonly string[]; readonly at: Place };

function keepText(path: Path, { text, uses, at }: LoweredText, work: Work): void {
  work.texts.set(printPath(path), text);
  work.uses.push(...uses.map((name) => ({ name, at, scope: 'all' }) as const));
  const { provider, resource } = work;
  const held = text.find((part) => typeof part === 'string' && provider?.hasPlaceholder(part, resource) === true);
  if (provider === undefined || typeof held !== 'string') return;
  const args = { path: printPath(path), provider: provider.name, text: held };
  work.diagnostics.push({ code: 'TEMPLATE_PLACEHOLDER', args, at });
}

type TextSource = { readonly text: string; readonly at: Place; readonly exact: boolean };

/** A template is text that stands here, or `{file: PATH}`. Undefined where it is neither, or the file has a finding. */
function sourceOf(node: Sourced, work: Work): TextSource | undefined {
  if (node.kind === 'scalar') return scalarSource(node);
  if (node.kind !== 'map') return undefined;
  const path = node.entries.get('file')?.value;
  if (path?.kind !== 'scalar' || typeof path.value !== 'string' || path.value === '') return undefined;
  const included = include(work.inclusions, path.value, path.place);
  if (included === undefined) return undefined;
  if (included.kind === 'failed') {
    work.diagnostics.push(included.diagnostic);
    return undefined;
  }
  return { text: included.text.replace(/\r?\n$/, ''), at: { file: included.file, line: 1, col: 1 }, exact: true };
}

function scalarSource({ value, written, place }: SourcedScalar): TextSource | undefined {
  if (value === null) return undefined;
  return { text: typeof value === 'string' ? value : written, at: place, exact: false };
}
