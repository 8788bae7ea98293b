-- +goose Up
-- A member of staff acts for a person who is present and has no e-mail.
CREATE TABLE assistance (
    id        TEXT   NOT NULL PRIMARY KEY, -- reference number of the receipt
    assistant TEXT   NOT NULL REFERENCES person (id),
    person    TEXT   NOT NULL REFERENCES person (id),
    programme TEXT   NOT NULL,
    began_at  BIGINT NOT NULL,             -- by the clock of the domain, as the log of acts
    ended_at  BIGINT                       -- NULL: by time, or not yet
);
CREATE INDEX assistance_assistant ON assistance (assistant, began_at);
CREATE INDEX assistance_person ON assistance (person);

ALTER TABLE session ADD COLUMN assistant TEXT NOT NULL DEFAULT ''; -- who sits at the keyboard, '' for the person
ALTER TABLE session ADD COLUMN assistance TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE session DROP COLUMN assistance;
ALTER TABLE session DROP COLUMN assistant;
DROP TABLE assistance;
