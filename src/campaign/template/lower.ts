import type { LoweringObstacle } from '../../model/codes/templates.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { Text } from '../../model/value.ts';
import type { TemplateOptions } from './compile.ts';
import type { Expression, Part } from './expression.ts';
import { foldParts } from './fold.ts';
import { namesIn } from './names.ts';
import { parseTemplate } from './parse.ts';

export type Lowered =
  | {
      readonly kind: 'lowered';
      readonly text: Text;
      /** Every name that the source mentions, folded constants too: for the check against the columns. */
      readonly uses: readonly string[];
    }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Reduces a field to text and names, which the provider prints in its own placeholder syntax. */
export function lowerTemplate(source: string, at: Place, options: TemplateOptions): Lowered {
  const parsed = parseTemplate(source, at, options.exact);
  if (parsed.kind === 'failed') return parsed;
  const { parts, diagnostics } = foldParts(parsed.parts, options);
  const findings = [...diagnostics, ...parts.flatMap(checkLowerable)];
  if (findings.length > 0) return { kind: 'failed', diagnostics: findings };
  return { kind: 'lowered', text: textOf(parts), uses: namesIn(parsed.parts) };
}

function checkLowerable(part: Part): readonly Diagnostic[] {
  const obstacle = obstacleOf(part);
  if (obstacle === undefined || part.kind === 'text') return [];
  const { at, expression } = part.origin;
  return [{ code: 'TEMPLATE_NOT_LOWERABLE', args: { expression, obstacle }, at }];
}

function obstacleOf(part: Part): LoweringObstacle | undefined {
  if (part.kind === 'text') return undefined;
  if (part.kind === 'choice') return 'condition';
  switch (part.of.kind) {
    case 'constant':
    case 'missing':
    case 'name':
      return undefined;
    case 'default':
      return 'default';
    case 'date':
      return part.of.of.kind === 'constant' ? 'zone' : 'helper';
    case 'eq':
    case 'case':
    case 'number':
      return 'helper';
  }
}

/** Texts that come to stand side by side are joined, empty ones left out. */
function textOf(parts: readonly Part[]): Text {
  const text: (string | { readonly variable: string })[] = [];
  for (const piece of parts.flatMap(pieceOf)) {
    const last = text.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') text[text.length - 1] = last + piece;
    else text.push(piece);
  }
  return text.filter((piece) => piece !== '');
}

function pieceOf(part: Part): readonly Text[number][] {
  if (part.kind === 'text') return [part.text];
  if (part.kind === 'choice') return [];
  return leafOf(part.of);
}

function leafOf(expression: Expression): readonly Text[number][] {
  if (expression.kind === 'constant') return [String(expression.value)];
  return expression.kind === 'name' ? [{ variable: expression.name }] : [];
}
