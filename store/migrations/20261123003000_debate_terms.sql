-- +goose Up

-- Counts what the pages of a debate show: each vote, each statement, each act.
ALTER TABLE debate ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- When results are told: close, or hand (when whoever leads says so, after the close).
ALTER TABLE debate ADD COLUMN reveal TEXT NOT NULL DEFAULT 'close';
ALTER TABLE debate ADD COLUMN revealed_at BIGINT;
-- Which sectors are told as one: '', two (NGOs with residents), or sides (all but the administration).
ALTER TABLE debate ADD COLUMN joined TEXT NOT NULL DEFAULT '';
-- Sites that may show the results in a frame, one in a line.
ALTER TABLE debate ADD COLUMN embed TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE debate DROP COLUMN embed;
ALTER TABLE debate DROP COLUMN joined;
ALTER TABLE debate DROP COLUMN revealed_at;
ALTER TABLE debate DROP COLUMN reveal;
ALTER TABLE debate DROP COLUMN revision;
