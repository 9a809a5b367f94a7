/** What stops a wave: what it has used up and how its calls ended of late, a person's word, and the wave that it repeats. */
export const stops = `
-- Tally as JSON: what its calls used up and how they ended of late, folded with every event.
ALTER TABLE wave ADD COLUMN tally TEXT;
UPDATE wave SET tally = (
  SELECT json_object(
    'calls', count(*),
    'unmeasured', coalesce(sum(state <> 'ended' OR (seconds IS NULL AND outcome IN ('answered', 'voicemail', 'unknown'))), 0),
    'seconds', coalesce(sum(seconds), 0), 'reported', json_object(), 'recent', json_array())
  FROM attempt a WHERE a.wave_id = wave.id AND a.state NOT IN ('voided', 'rejected'));
ALTER TABLE wave DROP COLUMN alike;
-- Trip as JSON, no longer as text.
UPDATE wave SET tripped = json_object('kind', 'alike', 'reason', tripped, 'calls', json_array(),
  'atMs', coalesce(last_event_ms, opened_ms)) WHERE tripped IS NOT NULL;
-- A person's word that nobody is to be called, from any terminal: JSON.
ALTER TABLE wave ADD COLUMN stopped TEXT;
-- The wave that this one repeats some of: JSON.
ALTER TABLE wave ADD COLUMN parent TEXT;
-- 0 once the list lacks somebody who was called.
ALTER TABLE recipient ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
`;
