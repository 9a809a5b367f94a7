/**
 * A parameter whose value plays no part in how SQLite plans its statement. Of a plain one that is a LIMIT it does: the
 * statement is planned anew each time that it is bound, which takes longer than to run it
 * (sqlite3ExprIsInteger in https://sqlite.org/src/file/src/expr.c).
 */
export function planned(parameter: `?${string}`): string {
  return `(${parameter} + 0)`;
}
