-- +goose Up
-- Who did what. Rows are only added; seq and seal are filled in once by the
-- sealer, salt and details are emptied when a person is erased.
CREATE TABLE audit_entry (
    id           TEXT   NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    act          TEXT   NOT NULL,
    person       TEXT   NOT NULL,            -- who pressed the button, '' for the program itself
    on_behalf    TEXT   NOT NULL,            -- the person who was assisted, '' for nobody
    role         TEXT   NOT NULL,            -- in which they did it, '' as themselves
    acting_for   TEXT   NOT NULL,            -- organisation, '' for nobody
    thing_kind   TEXT   NOT NULL,
    thing        TEXT   NOT NULL,
    programme    TEXT   NOT NULL,            -- place, '' for none
    organisation TEXT   NOT NULL,            -- place, '' for none
    subject      TEXT   NOT NULL,            -- the person whom the details are about, '' for nobody
    digest       TEXT   NOT NULL,            -- of salt and details
    salt         TEXT,
    details      TEXT,                       -- JSON; NULL: erased with a person
    seq          BIGINT UNIQUE,              -- place in the chain; NULL: not sealed yet
    seal         TEXT
);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_person ON audit_entry (person, at);
CREATE INDEX audit_entry_on_behalf ON audit_entry (on_behalf, at) WHERE on_behalf <> '';
CREATE INDEX audit_entry_subject ON audit_entry (subject, at) WHERE subject <> '';
CREATE INDEX audit_entry_thing ON audit_entry (thing, at);
CREATE INDEX audit_entry_programme ON audit_entry (programme, at, id) WHERE programme <> '';
CREATE INDEX audit_entry_unsealed ON audit_entry (at, id) WHERE seq IS NULL;

CREATE TABLE audit_head (
    id   TEXT   NOT NULL PRIMARY KEY,        -- always 'head': whoever seals locks this row
    seq  BIGINT NOT NULL,
    seal TEXT   NOT NULL,
    at   BIGINT NOT NULL                     -- when it was sealed, by the wall clock
);
INSERT INTO audit_head (id, seq, seal, at) VALUES ('head', 0, '', 0);

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit_entry;
