import type { Cause, Change } from '../model/plan.ts';
import type { Place } from '../model/place.ts';
import { isFields, isList, isSecret, isText } from '../model/value.ts';
import type { Value } from '../model/value.ts';
import { cleanLine, cleanText } from './clean.ts';
import type { Paint, View } from './style.ts';
import { diffLines, diffWords, likeness } from './text-diff.ts';
import type { Stretch } from './text-diff.ts';
import { widthOf, wrap } from './width.ts';

/** The fields of a resource that change, a field at a time, as a reviewer reads them; lines of the view's width. */
export function renderChanges(changes: readonly Change[], view: View): readonly string[] {
  return changes.flatMap((change) => renderChange(change, view));
}

/** What the cause tags mean, for those that occur and need saying. */
export function causeLegend(changes: readonly Change[]): readonly string[] {
  const causes = new Set(changes.map(({ cause }) => cause));
  return legend.filter(([cause]) => causes.has(cause)).map(([cause, meaning]) => `${cause}: ${meaning}`);
}

const legend: readonly (readonly [Cause, string])[] = [
  ['drift', 'changed at the provider since the last apply; apply puts the file’s value back'],
  ['both', 'changed in the file and at the provider; apply writes the file’s value'],
  ['unknown', 'no store and no mark tell which side changed; apply writes the file’s value'],
];

/** Below this share of common words a text is shown as replaced. */
const alikeEnough = 0.4;

const indent = '    ';

function renderChange(change: Change, view: View): readonly string[] {
  const { sign, paint } = signOf(change, view);
  const tag = tagOf(change);
  const head = `${paint(sign)} ${change.path}`;
  const { before, after } = change;
  const short = `: ${shortValues(before, after, view)}`;
  const width = 2 + widthOf(change.path) + widthOf(short);
  if (![before, after].some(hasLines) && width + 2 + tag.length <= view.columns) {
    return [(head + short + ' '.repeat(view.columns - width - tag.length) + view.style.dim(tag)).trimEnd()];
  }
  const gap = Math.max(2, view.columns - 2 - widthOf(change.path) - tag.length);
  return [head + ' '.repeat(gap) + view.style.dim(tag), ...blockOf(before, after, view)];
}

/** Texts of several lines are shown as such, however short they are. */
function hasLines(value: Value | undefined): boolean {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}

function signOf({ before, after }: Change, { style }: View): { readonly sign: string; readonly paint: Paint } {
  if (before === undefined) return { sign: '+', paint: style.green };
  return after === undefined ? { sign: '-', paint: style.red } : { sign: '~', paint: style.yellow };
}

function tagOf({ cause, at, before }: Change): string {
  const place = at === undefined ? '' : shortPlace(at);
  if (before === undefined && cause === 'config') return place;
  return place === '' ? cause : `${cause}  ${place}`;
}

/** The file's own name and the line; the folder stands in the heading. */
function shortPlace({ file, line }: Place): string {
  return `${file.slice(file.lastIndexOf('/') + 1)}:${String(line)}`;
}

function shortValues(before: Value | undefined, after: Value | undefined, { style }: View): string {
  const [old, fresh] = [before, after].map((value) => (value === undefined ? undefined : shown(value)));
  if (old === undefined) return style.green(fresh ?? '');
  return fresh === undefined ? style.red(old) : `${style.red(old)} → ${style.green(fresh)}`;
}

/** A value on one line; text is quoted, secrets are not shown. */
function shown(value: Value): string {
  if (isSecret(value)) return '***';
  if (isText(value))
    return JSON.stringify(value.$text.map((part) => (typeof part === 'string' ? part : part.variable)));
  if (typeof value === 'string') return JSON.stringify(cleanText(value));
  if (isList(value)) return `[${value.map(shown).join(', ')}]`;
  if (!isFields(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${shown(member)}`);
  return `{${members.join(', ')}}`;
}

function blockOf(before: Value | undefined, after: Value | undefined, view: View): readonly string[] {
  if (typeof before === 'string' && typeof after === 'string')
    return textBlock(cleanText(before), cleanText(after), view);
  return [
    ...(before === undefined ? [] : paragraph(plainOf(before), '-', view)),
    ...(after === undefined ? [] : paragraph(plainOf(after), '+', view)),
  ];
}

/** Text as it reads, everything else as a value. */
function plainOf(value: Value): string {
  return typeof value === 'string' ? cleanText(value) : shown(value);
}

function paragraph(text: string, sign: '+' | '-' | ' ', { columns, style }: View): readonly string[] {
  const paint = { '+': style.green, '-': style.red, ' ': (line: string) => line }[sign];
  return wrap(text, columns - indent.length - 2).map((line) => (indent + paint(`${sign} ${line}`)).trimEnd());
}

/** Lines that stayed, with those that changed as one line with its changed words marked, if they are alike. */
function textBlock(before: string, after: string, view: View): readonly string[] {
  const lines = diffLines(before, after);
  return withoutFarLines(pairs(lines)).flatMap((part) => {
    if (part.kind === 'gap') return [`${indent}  …`];
    if (part.kind === 'kept') return paragraph(part.text, ' ', view);
    const { old, fresh } = part;
    const words = old === undefined || fresh === undefined ? [] : diffWords(old, fresh);
    const sameWords = words.length > 0 && words.every(({ kind }) => kind === 'kept');
    if (words.length > 0 && !sameWords && likeness(words) >= alikeEnough) return wordBlock(words, view);
    return [
      ...(old === undefined ? [] : paragraph(visible(old, sameWords), '-', view)),
      ...(fresh === undefined ? [] : paragraph(visible(fresh, sameWords), '+', view)),
    ];
  });
}

/** Lines that differ in white space alone are quoted, so that the difference shows. */
function visible(line: string, quoted: boolean): string {
  return quoted || line.trim() !== line || line === '' ? JSON.stringify(line) : line;
}

type Part =
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'changed'; readonly old: string | undefined; readonly fresh: string | undefined }
  | { readonly kind: 'gap' };

/** Puts the n-th removed line of a stretch beside its n-th added one. */
function pairs(lines: readonly Stretch[]): readonly Part[] {
  const parts: Part[] = [];
  let removed: string[] = [];
  const flush = (): void => {
    parts.push(...removed.map((old) => ({ kind: 'changed', old, fresh: undefined }) as const));
    removed = [];
  };
  for (const { kind, text } of lines) {
    if (kind === 'removed') removed.push(text);
    else if (kind === 'added') parts.push({ kind: 'changed', old: removed.shift(), fresh: text });
    else {
      flush();
      parts.push({ kind: 'kept', text });
    }
  }
  flush();
  return parts;
}

/** Keeps one line around each change. */
function withoutFarLines(parts: readonly Part[]): readonly Part[] {
  const near = parts.map((_, index) => [index - 1, index, index + 1].some((at) => parts[at]?.kind === 'changed'));
  return parts.flatMap((part, index) => {
    if (near[index]) return [part];
    return near[index - 1] || index === 0 ? [{ kind: 'gap' } as const] : [];
  });
}

/** One paragraph with `[-old-]` and `{+new+}`, as wdiff writes them, coloured where there are colours. */
function wordBlock(words: readonly Stretch[], { columns, style }: View): readonly string[] {
  const marks = {
    kept: (text: string) => text,
    removed: (text: string) => `[-${text}-]`,
    added: (text: string) => `{+${text}+}`,
  };
  const text = words.map(({ kind, text: part }) => marks[kind](cleanLine(part))).join(' ');
  return colourMarks(wrap(text, columns - indent.length - 2), style).map((line) => `${indent}  ${line}`);
}

/** A mark may go over several lines: its colour ends and begins anew with each. */
function colourMarks(lines: readonly string[], style: View['style']): readonly string[] {
  let paint: Paint | undefined;
  return lines.map((line) =>
    line
      .split(/(?=\[-|\{\+)|(?<=-\]|\+\})/)
      .map((part) => {
        if (part.startsWith('[-')) paint = style.red;
        if (part.startsWith('{+')) paint = style.green;
        const painted = paint === undefined ? part : paint(part);
        if (part.endsWith('-]') || part.endsWith('+}')) paint = undefined;
        return painted;
      })
      .join(''),
  );
}
