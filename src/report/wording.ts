import type { Severity } from '../model/diagnostic.ts';
import type { RowReason } from '../model/recipient.ts';

/** How a finding is put to people. Sentences start in lower case and end without a full stop. */
export type Wording<Args> = {
  readonly severity: Severity;
  /** The finding in a few words, without its arguments: heading of the problem's page. */
  readonly title: string;
  /** What is wrong, quoting the offending value. */
  readonly say: (args: Args) => string;
  /** What to do about it. */
  readonly help: (args: Args) => string;
  /** The problem's page in Markdown, below its title: why it is a finding, and what right looks like. */
  readonly about: string;
};

/** The wordings of a group of codes, one for each. */
export type Wordings<Codes> = { readonly [C in keyof Codes]: Wording<Codes[C]> };

/** How a row's reason is put to people. It never holds the cell's value. */
export type RowWording = {
  readonly title: string;
  readonly say: (reason: RowReason) => string;
  readonly help: string;
  /** The reason's page in Markdown, below its title. */
  readonly about: string;
};
