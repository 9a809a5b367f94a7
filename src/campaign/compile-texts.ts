import type { NameUse } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { Template } from '../model/template.ts';
import type { Fields, Scalar, Text } from '../model/value.ts';
import { certain } from './certain.ts';
import type { CampaignProvider } from './campaign-provider.ts';
import type { Inclusions } from './included.ts';
import type { TemplateUse } from './schema-notes.ts';
import type { Visit } from './visits.ts';
import { visits } from './visits.ts';
import type { Path, SourcedMap } from './sourced.ts';
import { printPath } from './sourced.ts';
import { compileTemplate } from './template/compile.ts';
import { lowerTemplate } from './template/lower.ts';
import type { TemplateSource } from './template-source.ts';
import { templateSource } from './template-source.ts';

/** The texts of a campaign, compiled, by their printed paths. */
export type CompiledTexts = {
  readonly templates: ReadonlyMap<string, Template>;
  readonly texts: ReadonlyMap<string, Text>;
  readonly uses: readonly NameUse[];
  readonly diagnostics: readonly Diagnostic[];
};

export type CompileOptions = {
  /** The campaign file's lines. */
  readonly lines: readonly string[];
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
  for (const visit of visits(root, options.provider?.name, options.provider?.language?.schemas)) {
    if (visit.notes.template === 'own') continue;
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
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || notes.secret === true || !node.value.includes('{{'))
    return;
  // Without its provider nobody knows where templates may stand in a resource.
  if (work.provider === undefined && path[0] !== 'recipients' && path[0] !== 'variables') return;
  work.diagnostics.push({ code: 'TEMPLATE_NOT_HERE', args: { path: printPath(path) }, at: node.place });
}

function compileNode({ path, node }: Visit, use: TemplateUse, work: Work): void {
  const found = templateSource(node, work.lines, work.inclusions);
  if (found.kind === 'failed') work.diagnostics.push(found.diagnostic);
  if (found.kind !== 'found') return;
  if (use === 'lowered') lowerText(path, found.source, work);
  else compileText(path, found.source, work);
}

function compileText(path: Path, source: TemplateSource, work: Work): void {
  const compiled = compileTemplate(source.text, textStart, { ...work, exact: true });
  if (compiled.kind === 'failed') {
    work.diagnostics.push(...compiled.diagnostics.map((one) => inFile(one, source)));
    return;
  }
  const template = { ...compiled.template, at: source.at };
  work.templates.set(printPath(path), template);
  keepUses(template.uses, path[0] === 'recipients' ? 'row' : 'all', { source, work });
}

function lowerText(path: Path, source: TemplateSource, work: Work): void {
  const lowered = lowerTemplate(source.text, textStart, { ...work, exact: true });
  if (lowered.kind === 'failed') {
    work.diagnostics.push(...lowered.diagnostics.map((one) => inFile(one, source)));
    return;
  }
  work.texts.set(printPath(path), lowered.text);
  keepUses(lowered.uses, 'all', { source, work });
  const { provider, resource } = work;
  const held = lowered.text.find(
    (part) => typeof part === 'string' && provider?.hasPlaceholder(part, resource) === true,
  );
  if (provider === undefined || typeof held !== 'string') return;
  const args = { path: printPath(path), provider: provider.name, text: held };
  work.diagnostics.push({ code: 'TEMPLATE_PLACEHOLDER', args, at: source.at });
}

function keepUses(
  names: readonly string[],
  scope: NameUse['scope'],
  { source, work }: { source: TemplateSource; work: Work },
): void {
  for (const name of names) work.uses.push({ name, at: nameAt(name, source), scope });
}

/** Where a name stands in its template: the first time between braces, not in quotes. */
function nameAt(name: string, { text, at, locate }: TemplateSource): Place {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  const word = new RegExp(`"[^"]*"|'[^']*'|(?<![\\w-])${escaped}(?![\\w-])`, 'g');
  for (const braces of text.matchAll(/\{\{.*?\}\}/gs)) {
    const found = [...braces[0].matchAll(word)].find((match) => match[0] === name);
    if (found !== undefined) return locate(braces.index + found.index, braces.index + found.index + name.length);
  }
  return at;
}

/** Templates are compiled as if each began a file; findings are put where their stretch of text really stands. */
const textStart: Place = { file: '', line: 1, col: 1 };

function inFile(diagnostic: Diagnostic, { text, locate }: TemplateSource): Diagnostic {
  const { line, col, endLine = line, endCol = col + 1 } = certain(diagnostic.at, 'place in a template');
  return { ...diagnostic, at: locate(offsetOf(text, line, col), offsetOf(text, endLine, endCol)) };
}

function offsetOf(text: string, line: number, col: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  return start + col - 1;
}
