import { build } from '../../src/campaign/build.ts';
import type { Built } from '../../src/campaign/build.ts';
import type { Included } from '../../src/campaign/included.ts';
import { parse } from '../../src/campaign/parse.ts';
import { sortDiagnostics } from '../../src/campaign/sort-diagnostics.ts';
import { atlas } from '../../src/input/atlas.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { findProvider } from '../../src/providers/registry.ts';

/** The least that a clinic's reminders say. */
export const clinic = `version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider:
  type: intron
  api_key: \${env.INTRON_API_KEY}
workflow:
  name: Clinic reminder
  workflow_type: ROBOCALL
  message: Hello {{name}}, see you at {{time}}.
recipients:
  from: [{csv: recipients.csv}]
  phone: "{{mobile}}"
  timezone: Africa/Lagos
`;

/** The text with one of its parts changed; a part that is not there, or twice, is a mistake of the test. */
export function edited(text: string, part: string, by: string): string {
  const parts = text.split(part);
  if (parts.length !== 2) throw new Error(`"${part}" stands ${String(parts.length - 1)} times in the text`);
  return parts.join(by);
}

export type Surroundings = {
  readonly environment?: string;
  readonly wave?: string;
  readonly recipientsFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files beside the campaign, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files beside it that are named and not there. */
  readonly lost?: readonly string[];
};

/** What a file's text is read as. */
export function read(text: string, given: Surroundings = {}): Built {
  const { root, diagnostics } = parse('campaign.yaml', text);
  if (root === undefined) return { diagnostics, missingSecrets: [], wanted: [] };
  const { environment, wave, recipientsFile } = given;
  const built = build({
    root,
    parseFindings: diagnostics,
    lines: text.split('\n'),
    file: 'campaign.yaml',
    path: '/clinic/campaign.yaml',
    ...(environment !== undefined && { environment }),
    ...(wave !== undefined && { wave }),
    ...(recipientsFile !== undefined && { recipientsFile: { path: `/${recipientsFile}`, file: recipientsFile } }),
    env: given.env ?? { INTRON_API_KEY: 'key-of-the-clinic', LIST: 'monday' },
    included: includedFiles(given),
    findProvider,
    atlas,
  });
  return { ...built, diagnostics: sortDiagnostics(built.diagnostics) };
}

/** The campaign of a text that must be right. */
export function campaign(text: string, given: Surroundings = {}): Campaign {
  const built = read(text, given);
  if (built.campaign === undefined) throw new Error(JSON.stringify(built, undefined, 1));
  return built.campaign;
}

/** All findings of a text, as `line:col CODE`. */
export function found(text: string, given: Surroundings = {}): readonly string[] {
  return read(text, given).diagnostics.map(spot);
}

export function spot({ code, at }: Diagnostic): string {
  return at === undefined ? code : `${String(at.line)}:${String(at.col)} ${code}`;
}

/** A text without its mark `«`, and the `line:col` at which that stood. */
export function marked(text: string): { readonly text: string; readonly place: string } {
  const before = text.slice(0, text.indexOf('«')).split('\n');
  return {
    text: text.replace('«', ''),
    place: `${String(before.length)}:${String((before.at(-1) ?? '').length + 1)}`,
  };
}

function includedFiles({ files = {}, lost = [] }: Surroundings): ReadonlyMap<string, Included> {
  const included = new Map<string, Included>();
  for (const [file, text] of Object.entries(files)) included.set(`/clinic/${file}`, { kind: 'text', file, text });
  for (const path of lost) {
    included.set(`/clinic/${path}`, { kind: 'failed', diagnostic: { code: 'FILE_MISSING', args: { path } } });
  }
  return included;
}
