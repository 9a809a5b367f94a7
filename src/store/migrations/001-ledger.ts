/**
 * The first schema. Times are epoch milliseconds, with fractions (engine time). `recipient` is what the loop reads and
 * writes all the time and stays narrow; what a call is made from lies beside it in `recipient_inputs`.
 */
export const ledger = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE binding (
  address TEXT PRIMARY KEY,
  resource_id TEXT NOT NULL,
  account TEXT NOT NULL,
  applied TEXT,
  file TEXT NOT NULL,
  at_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX binding_file ON binding (file);

CREATE TABLE create_intent (
  address TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  at_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- A row stays when its lease is given back, so that fences only go up.
CREATE TABLE lease (
  address TEXT PRIMARY KEY,
  fence INTEGER NOT NULL,
  beat INTEGER NOT NULL,
  holder TEXT,
  at_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE wave (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  wave TEXT NOT NULL,
  opened_ms REAL NOT NULL,
  tripped TEXT,
  alike TEXT,
  echo INTEGER NOT NULL DEFAULT 0,
  last_event_ms REAL,
  UNIQUE (address, wave)
) STRICT;

CREATE TABLE run (
  wave_id INTEGER NOT NULL REFERENCES wave (id),
  run TEXT NOT NULL,
  started_ms REAL NOT NULL,
  ended_ms REAL,
  exit INTEGER,
  definition TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  PRIMARY KEY (wave_id, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipient (
  id INTEGER PRIMARY KEY,
  wave_id INTEGER NOT NULL REFERENCES wave (id),
  -- R of the reference.
  tag TEXT NOT NULL,
  -- NULL until a list names it: found at the provider by its reference alone.
  key TEXT,
  phone TEXT NOT NULL,
  zone TEXT,
  not_before_ms REAL,
  not_after_ms REAL,
  digest TEXT,
  call_digest TEXT,
  position INTEGER NOT NULL,
  enrolled_ms REAL NOT NULL,
  -- The standing; an open one is named after its attempt.
  state TEXT NOT NULL CHECK (state = 'pending' OR state = 'intent' OR state = 'accepted' OR state = 'in_doubt'
    OR state = 'done' OR state = 'rejected' OR state = 'unresolved' OR state = 'skipped'),
  next_n INTEGER NOT NULL,
  due_ms REAL NOT NULL,
  why TEXT NOT NULL,
  alone INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  -- How it ended, once done.
  outcome TEXT,
  reply TEXT,
  -- Attempts not voided, and the seconds talked in them.
  attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  CHECK ((state = 'skipped') = (reason IS NOT NULL)),
  UNIQUE (wave_id, tag)
) STRICT;
CREATE INDEX recipient_pending ON recipient (wave_id, due_ms, position) WHERE state = 'pending';
CREATE INDEX recipient_position ON recipient (wave_id, position);

CREATE TABLE recipient_inputs (
  recipient_id INTEGER PRIMARY KEY REFERENCES recipient (id),
  row TEXT NOT NULL,
  variables TEXT NOT NULL,
  call TEXT NOT NULL
) STRICT;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  recipient_id INTEGER NOT NULL REFERENCES recipient (id),
  wave_id INTEGER NOT NULL REFERENCES wave (id),
  n INTEGER NOT NULL,
  phone TEXT NOT NULL,
  version INTEGER NOT NULL,
  reference TEXT NOT NULL,
  dispatch TEXT NOT NULL,
  resource_id TEXT NOT NULL,
  account TEXT NOT NULL,
  definition TEXT NOT NULL,
  intent_ms REAL NOT NULL,
  state TEXT NOT NULL CHECK (state = 'intent' OR state = 'accepted' OR state = 'in_doubt'
    OR state = 'ended' OR state = 'rejected' OR state = 'unresolved' OR state = 'voided'),
  -- The state as JSON; the columns below are read off it.
  detail TEXT NOT NULL,
  since_ms REAL,
  due_ms REAL,
  ended_ms REAL,
  batch_id TEXT,
  call_id TEXT,
  outcome TEXT,
  seconds REAL,
  polls INTEGER NOT NULL DEFAULT 0,
  -- 1 for one open attempt of each phone. Only imported calls can be open without: they are facts.
  holds_phone INTEGER NOT NULL DEFAULT 0,
  CHECK (holds_phone = 0 OR state = 'intent' OR state = 'accepted' OR state = 'in_doubt'),
  UNIQUE (recipient_id, n)
) STRICT;
CREATE UNIQUE INDEX attempt_holds_phone ON attempt (phone) WHERE holds_phone = 1;
CREATE INDEX attempt_phone ON attempt (phone, intent_ms);
CREATE INDEX attempt_started ON attempt (wave_id, intent_ms);
CREATE INDEX attempt_due ON attempt (wave_id, due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX attempt_unsettled ON attempt (wave_id, state, since_ms)
  WHERE state IN ('intent', 'accepted', 'in_doubt', 'unresolved');
CREATE INDEX attempt_call ON attempt (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX attempt_batch ON attempt (batch_id) WHERE batch_id IS NOT NULL;

-- Events are only ever added; seq is the version that each made.
CREATE TABLE event (
  attempt_id INTEGER NOT NULL REFERENCES attempt (id),
  seq INTEGER NOT NULL,
  at_ms REAL NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (attempt_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
`;
