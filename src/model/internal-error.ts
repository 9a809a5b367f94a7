/** A bug of ours, never a user's mistake: rethrown to cli/main and printed with versions. */
export class InternalError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'InternalError';
  }
}
