/**
 * A campaign file becomes a `Campaign`, or findings: parse, compose, substitute, check, rules, texts, resolve. In go
 * the file's text, the environment's variables and the files that it names; nothing is read here. All findings are
 * found in one go: only what YAML cannot read keeps the later steps from looking.
 */
import { dirname } from 'node:path';
import type { Campaign, Draft } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import type { CampaignProvider } from './campaign-provider.ts';
import { check } from './check.ts';
import { checkBlocks } from './check-blocks.ts';
import { checkUrls } from './check-urls.ts';
import { compileTexts } from './compile-texts.ts';
import { compose } from './compose.ts';
import type { AllowsNull } from './compose.ts';
import { constantsOf } from './constants.ts';
import type { BuildInput } from './build-input.ts';
import { draftOf } from './draft.ts';
import type { Inclusions } from './included.ts';
import { resolveCampaign } from './resolve.ts';
import { checkRules } from './rules/index.ts';
import { namedProvider, providerOf } from './named-provider.ts';
import type { NamedProvider } from './named-provider.ts';
import { notesAt } from './schema-notes.ts';
import type { Sourced, SourcedMap } from './sourced.ts';
import { at, textAt } from './sourced.ts';
import { substitute } from './substitute.ts';
import type { Substituted } from './substitute.ts';
import { toFields } from './to-value.ts';
import { withoutEchoes } from './without-echoes.ts';

export type Built = {
  /** Undefined where there is a finding that is an error. */
  readonly campaign?: Campaign;
  /** Of a campaign with findings, where the names in its templates can be checked all the same. */
  readonly draft?: Draft;
  readonly diagnostics: readonly Diagnostic[];
  readonly missingSecrets: readonly string[];
  /** Absolute paths of files to be read; while there are some, nothing else of the answer counts. */
  readonly wanted: readonly string[];
  /** Absolute path of the provider's module, where it is not known yet: then nothing else of the answer counts. */
  readonly wantedModule?: string;
};

/** A campaign from its parsed file, the files that it includes, and its provider. Reads nothing; asks for what it lacks. */
export function build(input: BuildInput): Built {
  const inclusions: Inclusions = { folder: dirname(input.path), read: input.included, wanted: new Set() };
  const { substituted, named } = filledIn(input, inclusions);
  if (named.kind === 'wanted') return { diagnostics: [], missingSecrets: [], wanted: [], wantedModule: named.path };
  const { root } = substituted;
  const provider = providerOf(named);
  const opened = openAccount(root, provider);
  const constants = constantsOf(root);
  const resource = provider === undefined ? undefined : at(root, [provider.noun]);
  const texts = compileTexts(root, {
    lines: input.lines,
    ...(provider !== undefined && { provider }),
    constants: constants.values,
    locale: textAt(root, ['locale']) ?? 'en',
    inclusions,
    resource: resource?.kind === 'map' ? toFields(resource) : {},
  });
  const rules = checkRules({
    root,
    ...(provider !== undefined && { provider }),
    ...(opened.account !== undefined && { account: opened.account }),
    hasRecipientsFile: input.recipientsFile !== undefined,
    atlas: input.atlas,
  });
  const findings = withoutEchoes([
    ...input.parseFindings,
    ...substituted.diagnostics,
    ...constants.diagnostics,
    ...(named.kind === 'failed' ? withoutModule(root, named.diagnostic) : check(root, provider?.language)),
    ...opened.diagnostics,
    ...rules,
    ...texts.diagnostics,
  ]);
  const asked = provider !== undefined && inclusions.wanted.size === 0;
  const diagnostics = [...findings, ...(asked ? checkBlocks({ root, provider, texts, findings }) : [])];
  const outcome = { missingSecrets: substituted.missingSecrets, wanted: [...inclusions.wanted] };
  if (diagnostics.length > 0 || outcome.wanted.length > 0 || provider === undefined || opened.account === undefined) {
    const draft = draftOf(input, { root, texts, diagnostics });
    return { ...outcome, diagnostics, ...(draft !== undefined && { draft }) };
  }
  const campaign = resolveCampaign({
    input,
    root,
    provider,
    account: opened.account,
    constants: constants.values,
    texts,
    secrets: substituted.secrets,
  });
  return { ...outcome, campaign, diagnostics };
}

/** The file as it holds in the environment, `${...}` filled in, and the provider that it then names. */
function filledIn(
  input: BuildInput,
  inclusions: Inclusions,
): { readonly substituted: Substituted; readonly named: NamedProvider } {
  const { name, language } = providerOf(namedProvider(providerType(input), input)) ?? {};
  const library = language?.schemas;
  const allowsNull: AllowsNull = (path) => notesAt(path, name, library).allowsNull;
  const composed = compose(withoutOwn(input.root), input.environment, { allowsNull, library });
  const substituted = substitute(withWave(composed, input.wave), {
    env: input.env,
    findProvider: (type) => providerOf(namedProvider(type, input)),
    inclusions,
  });
  return { substituted, named: namedProvider(substituted.provider, input) };
}

/** What a file says of its provider's blocks means nothing while the provider is not there. */
function withoutModule(root: SourcedMap, diagnostic: Diagnostic): readonly Diagnostic[] {
  const type = at(root, ['provider', 'type'])?.place ?? startOf(root);
  const others = check(root).filter(
    (one) => !(one.code === 'VALUE_ENUM' && one.at === type) && !(one.code === 'KEY_UNKNOWN' && isBlock(one.args.path)),
  );
  return [{ ...diagnostic, at: type }, ...others];
}

/** Where a provider's noun may stand. */
function isBlock(path: string): boolean {
  return path === '' || /^environments\.[^.]+$/.test(path);
}

/** The type that null is asked for: the overlay may change the provider. */
function providerType({ root, environment }: BuildInput): string | undefined {
  const overlaid =
    environment === undefined ? undefined : textAt(root, ['environments', environment, 'provider', 'type']);
  return overlaid ?? textAt(root, ['provider', 'type']);
}

/** Keys that begin with x- are the user's own: a place for anchors. */
function withoutOwn(root: SourcedMap): SourcedMap {
  return { ...root, entries: new Map([...root.entries].filter(([key]) => !key.startsWith('x-'))) };
}

/** `--wave` beats the file, as if it stood there. */
function withWave(root: SourcedMap, wave: string | undefined): SourcedMap {
  if (wave === undefined) return root;
  const place = at(root, ['wave'])?.place ?? startOf(root);
  const value: Sourced = { kind: 'scalar', value: wave, written: wave, style: 'quoted', place };
  return { ...root, entries: new Map([...root.entries, ['wave', { keyPlace: place, value }]]) };
}

function startOf({ place }: SourcedMap): Place {
  return { file: place.file, line: place.line, col: place.col };
}

function openAccount(
  root: SourcedMap,
  provider: CampaignProvider | undefined,
): { account?: ReturnType<CampaignProvider['open']>; diagnostics: readonly Diagnostic[] } {
  const block = at(root, ['provider']);
  const diagnostics = checkUrls(root, provider);
  if (provider === undefined || block?.kind !== 'map' || diagnostics.length > 0) return { diagnostics };
  return { account: provider.open(toFields(block, ['type', provider.credential])), diagnostics };
}
