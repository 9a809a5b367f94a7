/** Why a request did not work, as far as it can be told. */
export type RemoteErrorKind =
  | 'unauthorized'
  /** Nothing was sent, as there is no credential, or none that a request can carry. */
  | 'no_credential'
  | 'rejected'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'unavailable'
  | 'protocol'
  /** The request may have worked and nothing says so: only for writes. */
  | 'unknown_effect';

/**
 * A request other than a placing one that did not work. `message` is redacted and names the operation, never a value.
 * Caught at one place in apply and one in run.
 */
export class RemoteError extends Error {
  readonly kind: RemoteErrorKind;
  readonly status: number | undefined;
  constructor(kind: RemoteErrorKind, message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'RemoteError';
    this.kind = kind;
    this.status = status;
  }
}
