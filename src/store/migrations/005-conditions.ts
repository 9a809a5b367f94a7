/**
 * SQLite makes a table of the values of an IN each time that a statement runs, and every write to an attempt asks whether the
 * index holds it (sqlite3CodeRhsOfIN in https://sqlite.org/src/file/src/expr.c). A comparison with each value costs next to
 * nothing.
 */
export const conditions = `
DROP INDEX attempt_unsettled;
CREATE INDEX attempt_unsettled ON attempt (wave_id, state, since_ms)
  WHERE state = 'intent' OR state = 'accepted' OR state = 'in_doubt' OR state = 'unresolved';
`;
