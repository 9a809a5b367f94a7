/** Who is not to be called, in any campaign of the store. A removal is written down too; a call is taken at its word once. */
export const optOuts = `
CREATE TABLE opt_out (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL,
  at_ms REAL NOT NULL,
  -- The call in which it was said; else who wrote it down, and why.
  attempt_id INTEGER REFERENCES attempt (id),
  by TEXT,
  because TEXT,
  removed_ms REAL,
  removed_by TEXT,
  removed_because TEXT,
  CHECK ((attempt_id IS NULL) = (by IS NOT NULL)),
  CHECK (because IS NULL OR by IS NOT NULL),
  CHECK ((removed_ms IS NULL) = (removed_by IS NULL)),
  CHECK (removed_because IS NULL OR removed_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX opt_out_phone ON opt_out (phone) WHERE removed_ms IS NULL;
CREATE INDEX opt_out_attempt ON opt_out (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE TRIGGER opt_out_is_kept BEFORE DELETE ON opt_out BEGIN SELECT RAISE(ABORT, 'opt-outs are never deleted'); END;
`;
