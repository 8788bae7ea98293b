-- +goose Up

-- By which moderation knows the statement. Drawn by lot: it tells nothing of when.
ALTER TABLE debate_statement ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE debate_statement SET id = gen_random_uuid()::text;
CREATE UNIQUE INDEX debate_statement_id ON debate_statement (id) WHERE id <> '';
-- Entries of the word lists because of which it waits, one in a line.
ALTER TABLE debate_statement ADD COLUMN caught TEXT NOT NULL DEFAULT '';
-- Who kept it out, what its author said against it, and what was answered.
ALTER TABLE debate_statement ADD COLUMN decided_by TEXT;
ALTER TABLE debate_statement ADD COLUMN appeal TEXT NOT NULL DEFAULT '';
ALTER TABLE debate_statement ADD COLUMN answer TEXT NOT NULL DEFAULT '';
CREATE INDEX debate_statement_decided_by ON debate_statement (decided_by);

-- +goose Down
DROP INDEX debate_statement_decided_by;
ALTER TABLE debate_statement DROP COLUMN answer;
ALTER TABLE debate_statement DROP COLUMN appeal;
ALTER TABLE debate_statement DROP COLUMN decided_by;
ALTER TABLE debate_statement DROP COLUMN caught;
DROP INDEX debate_statement_id;
ALTER TABLE debate_statement DROP COLUMN id;
