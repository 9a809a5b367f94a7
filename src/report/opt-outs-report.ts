/** Who changed the list, and why. */
export type OptOutNote = {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly because: string | null;
};

/** How somebody came on the list. */
export type OptOutSource =
  | {
      readonly kind: 'call';
      readonly at: string;
      readonly address: string;
      readonly wave: string;
      readonly attempt: number;
    }
  | ({ readonly kind: 'person' } & OptOutNote);

/** A number on the list, or that was. */
export type ListedOptOut = {
  readonly phone: string;
  readonly source: OptOutSource;
  /** Null while it is on the list. */
  readonly removed: OptOutNote | null;
};

/** What `suppress list --format json` prints, described by schema/opt-outs.schema.json. */
export type OptOutsReport = {
  readonly tool_version: string;
  readonly store: string;
  /** False where nothing was ever written to the store. */
  readonly exists: boolean;
  readonly opt_outs: readonly ListedOptOut[];
};

/** What `suppress add` and `remove` print as JSON, described by schema/opt-outs-changed.schema.json. */
export type OptOutsChangedReport = {
  readonly tool_version: string;
  readonly store: string;
  readonly numbers: readonly {
    readonly phone: string;
    readonly change: 'added' | 'on_list' | 'removed' | 'not_on_list';
  }[];
  /** Numbers on the list now. */
  readonly on_list: number;
};
