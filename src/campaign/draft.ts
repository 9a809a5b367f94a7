import type { Draft } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { BuildInput } from './build-input.ts';
import type { CompiledTexts } from './compile-texts.ts';
import { resolveSources } from './resolve-recipients.ts';
import { sourceKinds } from './resolve-source.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { at, entriesAt, itemsAt, textAt } from './sourced.ts';

/**
 * What of a campaign with findings is enough to check the names in its templates; undefined where one of the findings
 * may keep a name away, so that others would only follow from it.
 */
export function draftOf(
  input: BuildInput,
  { root, texts, diagnostics }: { root: SourcedMap; texts: CompiledTexts; diagnostics: readonly Diagnostic[] },
): Draft | undefined {
  const bringsNames = [at(root, ['variables']), at(root, ['recipients', 'variables'])];
  if (diagnostics.some(mayHideNames) || bringsNames.some((node) => node !== undefined && node.kind !== 'map')) {
    return undefined;
  }
  const from = itemsAt(root, ['recipients', 'from']);
  if (input.recipientsFile === undefined && (from.length === 0 || !from.every(isSource))) return undefined;
  const place = at(root, ['recipients'])?.place;
  if (place === undefined) return undefined;
  return {
    nameUses: texts.uses,
    variables: Object.fromEntries(entriesAt(root, ['variables'])),
    recipients: {
      sources: resolveSources(root, input, place),
      variables: Object.fromEntries(entriesAt(root, ['recipients', 'variables'])),
    },
  };
}

/** A part that could not be read, or a key that may be a misspelt `variables`. */
function mayHideNames({ code, args }: Diagnostic): boolean {
  if (code.startsWith('YAML_')) return true;
  if (!('path' in args)) return false;
  if (/^(?:variables|recipients\.(?:from|variables))\b/.test(args.path)) return true;
  return code === 'KEY_UNKNOWN' && /^(?:$|recipients$|environments\b)/.test(args.path);
}

function isSource(node: Sourced): boolean {
  const kinds = sourceKinds.filter((kind) => at(node, [kind]) !== undefined);
  const [kind, ...more] = kinds;
  if (kind === undefined || more.length > 0) return false;
  const rows = at(node, ['rows']);
  return rows === undefined ? textAt(node, [kind]) !== undefined : rows.kind === 'list' && rows.items.every(isRow);
}

function isRow(node: Sourced): boolean {
  return node.kind === 'map' && [...node.entries.values()].every(({ value }) => value.kind === 'scalar');
}
