/** What stops a wave: what it has used up and how its calls ended of late, a person's word, and the wave that it repeats. */
export const stops = `
-- Calls made and what they used up, and how they ended of late: JSON, folded by the ledger with every event.
ALTER TABLE wave ADD COLUMN tally TEXT;
-- A person's word that nobody is to be called, from any terminal: JSON.
ALTER TABLE wave ADD COLUMN stopped TEXT;
-- The wave that this one repeats some of: JSON.
ALTER TABLE wave ADD COLUMN parent TEXT;
`;
