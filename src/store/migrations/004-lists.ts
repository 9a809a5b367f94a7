/** Which list a wave's recipients were last made to match, so that an equal one need not be gone through again. */
export const lists = `
-- JSON, while every recipient is as that list says; NULL where only its rows can tell.
ALTER TABLE wave ADD COLUMN list TEXT;
-- Where somebody may be called, as the gates see it: those of one place are gated alike, but for what is their own.
ALTER TABLE recipient ADD COLUMN place TEXT;
-- The list that a run was given in place of the file's own.
ALTER TABLE run ADD COLUMN list TEXT;
`;
