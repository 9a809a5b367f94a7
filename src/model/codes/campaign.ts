/**
 * Findings about campaign files: their encoding, YAML, keys, values, substitutions and cross-field rules.
 * `path` is where in the file (`execution.windows[0].from`), empty for the whole file; `file` is a file's path as shown.
 * `line` is the corrected line to show. `expected`, `found` and `why` are words.
 */
export type CampaignCodes = {
  FILE_MISSING: { readonly path: string };
  FILE_UNREADABLE: { readonly path: string; readonly problem: string };
  /** In bytes. */
  FILE_TOO_LARGE: { readonly path: string; readonly size: number; readonly limit: number };
  FILE_BINARY: { readonly path: string };
  FILE_ENCODING: { readonly path: string; readonly found: string };
  FILE_EMPTY: { readonly path: string };
  /** A folder without a campaign file. */
  FOLDER_EMPTY: { readonly path: string };

  /** `problem` is the parser's code for it. */
  YAML_SYNTAX: { readonly problem: string; readonly detail: string };
  /** How many lines are indented so. */
  YAML_TAB: { readonly lines: number };
  YAML_DOCUMENTS: NoArgs;
  YAML_ROOT: { readonly found: string };
  YAML_KEY: { readonly found: string };
  YAML_KEY_TWICE: { readonly key: string };
  YAML_ALIAS_UNKNOWN: { readonly alias: string; readonly meant?: string };
  /** The anchor stands before the key, so it does not mark its value. */
  YAML_ALIAS_KEY: { readonly alias: string; readonly key: string };
  YAML_ALIAS_ITSELF: { readonly alias: string };
  /** Values that aliases may add. */
  YAML_ALIAS_EXPANSION: { readonly limit: number };
  YAML_TOO_DEEP: { readonly limit: number };
  YAML_TAG: { readonly tag: string };
  YAML_VERSION: { readonly version: string };
  YAML_MERGE: { readonly found: string };

  TRAP_TEMPLATE: { readonly line: string };
  TRAP_SUBSTITUTION: { readonly line: string };
  TRAP_PHONE: { readonly written: string; readonly read: string; readonly line: string };
  TRAP_NUMBER: { readonly written: string; readonly read: string; readonly line: string };
  TRAP_WAVE: { readonly written: string; readonly line: string };

  KEY_UNKNOWN: {
    readonly key: string;
    readonly path: string;
    readonly meant?: string;
    readonly known: readonly string[];
    /** Between braces, and without a value: it is the rest of a text that a comma has ended. */
    readonly isRest?: true;
  };
  KEY_REFUSED: { readonly key: string; readonly path: string; readonly why: string };
  /** `line` is an example. */
  KEY_MISSING: { readonly key: string; readonly path: string; readonly line?: string };
  KEY_NAME: { readonly key: string; readonly path: string; readonly expected: string };

  VALUE_TYPE: {
    readonly path: string;
    readonly expected: string;
    readonly found: string;
    readonly line?: string;
    /** One of the right type, where nobody can tell what was meant. */
    readonly example?: string;
  };
  VALUE_ENUM: {
    readonly path: string;
    readonly found: string;
    readonly known: readonly string[];
    readonly meant?: string;
  };
  /** `line` is an example. */
  VALUE_FORM: { readonly path: string; readonly found: string; readonly expected: string; readonly line?: string };
  VALUE_RANGE: { readonly path: string; readonly found: string; readonly expected: string };
  VALUE_TWICE: { readonly path: string; readonly found: string };

  SECRET_WRITTEN: {
    readonly path: string;
    /** What it takes for the name of a variable. */
    readonly name?: string;
  };
  SUBSTITUTION_SYNTAX: { readonly text: string };
  SUBSTITUTION_UNSET: { readonly name: string; readonly meant?: string };

  /** `{{` in a text that is sent as it stands. */
  TEMPLATE_NOT_HERE: { readonly path: string };
  /** The provider's own placeholder syntax in a text that callplan sends. */
  TEMPLATE_PLACEHOLDER: { readonly path: string; readonly provider: string; readonly text: string };
  /** A name between single braces, which is said as it stands. */
  TEMPLATE_SINGLE_BRACES: { readonly path: string; readonly name: string };
  /** `known` are the names that may stand there. */
  NAME_UNKNOWN: { readonly name: string; readonly meant?: string; readonly known: readonly string[] };
  NAME_TWICE: { readonly name: string; readonly first: NameKind; readonly second: NameKind };
  NAME_RESERVED: { readonly name: string; readonly by: string };

  SOURCE_KIND: { readonly path: string; readonly found: 'none' | 'both' };
  /** `kind` is that of the source, or `path` for one that is not fetched. */
  SOURCE_OPTION: { readonly path: string; readonly key: string; readonly kind: string };
  /** A condition of `only` that no row can meet; `after` and `before` as they are written. */
  FILTER_EMPTY: { readonly column: string; readonly after: string; readonly before: string };
  TIMEZONE_UNKNOWN: { readonly zone: string; readonly meant?: string };
  COUNTRY_UNKNOWN: { readonly country: string; readonly meant?: string };
  WINDOW_EMPTY: { readonly at: string };
  END_BEFORE_START: { readonly start: string; readonly end: string };
  CONSENT_MISSING: { readonly policy: string };
  /** The windows share no hour with those of the policy. */
  POLICY_HOURS: { readonly policy: string };
  RETRY_WITHOUT_MAX: { readonly max?: number };
  MAX_WITHOUT_RETRY: { readonly max: number };
  ANOTHER_TIME_WITHOUT_RETRY: NoArgs;
  /** `longest` is the longest distance that there is room for. */
  ANOTHER_TIME_ROOM: { readonly distance: string; readonly longest?: string };
  STOP_WHEN_EMPTY: { readonly path: string; readonly known: readonly string[] };
  BUDGET_WITHOUT_PRICE: { readonly cost: string; readonly currency: string };
  /** Currencies. */
  BUDGET_CURRENCY: { readonly cost: string; readonly price: string };
  /** `call` is the longest that a call may last, `needed` what it reserves of the budget. */
  BUDGET_ROOM: { readonly path: string; readonly budget: string; readonly needed: string; readonly call: string };
  FOLLOW_UP_SHORT: { readonly every: string; readonly for: string };
  SETTLE_SHORT: { readonly settle: string; readonly least: string; readonly provider: string };
  URL_INVALID: { readonly path: string; readonly problem: string };
  URL_INSECURE: { readonly path: string; readonly host: string };

  /** A module that the command line does not let in. `path` as the option takes it. */
  PROVIDER_NOT_ALLOWED: { readonly path: string };
  /** `problem` is what the module does, as the rest of a sentence about it. */
  PROVIDER_MODULE: { readonly path: string; readonly problem: string };

  ADDRESS_TWICE: { readonly address: string; readonly file: string };
  RESOURCE_TWICE: { readonly noun: string; readonly id: string; readonly address: string };
};

/** What brings a name into templates. */
export type NameKind = 'column' | 'constant' | 'recipient_variable';

/** A code whose words need no arguments. */
type NoArgs = Readonly<Record<string, never>>;
