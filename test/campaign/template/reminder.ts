import { compileTemplate } from '../../../src/campaign/template/compile.ts';
import { lowerTemplate } from '../../../src/campaign/template/lower.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Place } from '../../../src/model/place.ts';
import type { Template } from '../../../src/model/template.ts';
import type { Scalar, Text } from '../../../src/model/value.ts';

/** Where the templates of the tests stand. */
export const at: Place = { file: 'messages/reminder.hbs', line: 3, col: 5 };

type Constants = Readonly<Record<string, Scalar>>;

/** Compiles a template that must be right. */
export function template(source: string, constants: Constants = {}, locale = 'en'): Template {
  const compiled = compileTemplate(source, at, { constants, locale });
  if (compiled.kind === 'failed') throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.template;
}

/** What a template says of one row: its value, or the reason's code, column and detail in a list. */
export function said(
  source: string,
  values: Readonly<Record<string, Scalar>> = {},
  { constants = {}, zone, locale = 'en' }: { constants?: Constants; zone?: string; locale?: string } = {},
): Scalar | readonly (string | undefined)[] {
  const rendered = template(source, constants, locale).render(zone === undefined ? { values } : { values, zone });
  if (rendered.kind === 'rendered') return rendered.value;
  const { code, column, detail } = rendered.reason;
  return [code, column, detail].filter((part) => part !== undefined);
}

/** The findings about a template. */
export function findings(source: string, constants: Constants = {}, exact = false): readonly Diagnostic[] {
  const compiled = compileTemplate(source, at, { constants, locale: 'en', exact });
  return compiled.kind === 'failed' ? compiled.diagnostics : [];
}

/** The text of a template that must be lowerable. */
export function lowered(source: string, constants: Constants = {}): Text {
  const result = lowerTemplate(source, at, { constants, locale: 'en' });
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.diagnostics));
  return result.text;
}

/** The findings about a template that shall be lowered. */
export function lowerFindings(source: string, constants: Constants = {}): readonly Diagnostic[] {
  const result = lowerTemplate(source, at, { constants, locale: 'en' });
  return result.kind === 'failed' ? result.diagnostics : [];
}
