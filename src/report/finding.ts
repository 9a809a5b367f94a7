import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { say } from './words.ts';

/** A finding as JSON outputs hold it: schema/diagnostic.schema.json. */
export type Finding = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly args: object;
  readonly at?: Place;
  readonly related: readonly Place[];
};

/** A finding with its words. */
export function finding(diagnostic: Diagnostic): Finding {
  const { severity, message, help } = say(diagnostic);
  return {
    code: diagnostic.code,
    severity,
    message,
    help,
    args: diagnostic.args,
    ...(diagnostic.at === undefined ? {} : { at: diagnostic.at }),
    related: diagnostic.related ?? [],
  };
}
