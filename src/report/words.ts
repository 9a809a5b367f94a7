/**
 * What findings are called in words: one table of all codes, joined from the groups in words/. Findings themselves
 * are data (code, arguments, place); nothing outside this folder knows a sentence about them.
 */
import type { Code, CodeArgs, Diagnostic, Severity } from '../model/diagnostic.ts';
import type { RowReason, RowReasonCode } from '../model/recipient.ts';
import type { RowWording, Wordings } from './wording.ts';
import { campaignWords } from './words/campaign.ts';
import { recipientWords } from './words/recipients.ts';
import { rowWords } from './words/rows.ts';
import { runWords } from './words/run.ts';
import { templateWords } from './words/templates.ts';

/** A finding in words. */
export type Said = {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
};

const words: Wordings<CodeArgs> = { ...campaignWords, ...templateWords, ...recipientWords, ...runWords };

/** A finding in words: what is wrong, and what helps. */
export function say(diagnostic: Diagnostic): Said {
  return wordsOf(diagnostic.code, diagnostic.args);
}

/** A row's reason in words, without the cell's value. */
export function sayRow(reason: RowReason): { readonly message: string; readonly help: string } {
  const { say: sayReason, help } = rowWords[reason.code];
  return { message: sayReason(reason), help };
}

/** All codes of findings and of rows, sorted. */
export function allCodes(): readonly string[] {
  return [...Object.keys(words), ...Object.keys(rowWords)].toSorted();
}

/** The page of a code in Markdown, as `callplan explain` prints it and docs/problems holds it; undefined for no code of ours. */
export function explain(code: string): string | undefined {
  if (isCode(code)) {
    const { severity, title, about } = words[code];
    return page({ code, title, kind: kinds[severity], about });
  }
  if (!isRowReasonCode(code)) return undefined;
  const { title, about }: RowWording = rowWords[code];
  return page({ code, title, kind: 'A reason why a row is not called.', about });
}

const kinds: Readonly<Record<Severity, string>> = {
  error: 'An error: nothing is planned or called until it is mended.',
  warning: 'A warning: the file works, but perhaps not as meant.',
  note: 'A note: nothing has to be done.',
};

function wordsOf<C extends Code>(code: C, args: CodeArgs[C]): Said {
  const wording = words[code];
  return { severity: wording.severity, message: wording.say(args), help: wording.help(args) };
}

function page(parts: {
  readonly code: string;
  readonly title: string;
  readonly kind: string;
  readonly about: string;
}): string {
  return `# ${parts.code}\n\n${parts.title}. ${parts.kind}\n\n${parts.about.trim()}\n`;
}

function isCode(code: string): code is Code {
  return Object.hasOwn(words, code);
}

function isRowReasonCode(code: string): code is RowReasonCode {
  return Object.hasOwn(rowWords, code);
}
