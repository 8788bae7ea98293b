-- +goose Up

-- A case is one text of somebody that was reported, that a word list has caught
-- or that waits to be looked at before it is shown. Things are of any kind, so
-- that no foreign key can hold them.
CREATE TABLE moderation_case (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    thing       TEXT    NOT NULL,
    programme   TEXT    NOT NULL DEFAULT '', -- '' for what belongs to no programme
    cause       TEXT    NOT NULL,            -- report, words, first, staff
    terms       TEXT    NOT NULL DEFAULT '', -- entries of the word lists that fit, one on each line
    state       TEXT    NOT NULL,            -- open, left, hidden, restored
    veiled      BOOLEAN NOT NULL,            -- the text is not shown now
    reason      TEXT    NOT NULL DEFAULT '', -- shown where the text was
    answer      TEXT    NOT NULL DEFAULT '', -- why it was restored
    opened_at   BIGINT  NOT NULL,
    decided_at  BIGINT,
    decided_by  TEXT,
    restored_at BIGINT,
    restored_by TEXT,
    closed_at   BIGINT,                      -- since when nothing follows from it
    version     INTEGER NOT NULL DEFAULT 1
);
-- One text has one case at a time, however many report it.
CREATE UNIQUE INDEX moderation_case_live ON moderation_case (kind, thing) WHERE state IN ('open', 'hidden');
CREATE INDEX moderation_case_veiled ON moderation_case (kind, thing) WHERE veiled;
CREATE INDEX moderation_case_thing ON moderation_case (kind, thing, decided_at);
CREATE INDEX moderation_case_queue ON moderation_case (programme, state, opened_at);

-- Whose text it was when the case began.
CREATE TABLE moderation_author (
    matter TEXT NOT NULL REFERENCES moderation_case (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (matter, person)
);
CREATE INDEX moderation_author_person ON moderation_author (person);

CREATE TABLE moderation_report (
    id         TEXT   NOT NULL PRIMARY KEY,
    matter     TEXT   NOT NULL REFERENCES moderation_case (id) ON DELETE CASCADE,
    person     TEXT   NOT NULL DEFAULT '', -- who reported, '' for a visitor
    device     TEXT   NOT NULL DEFAULT '', -- keyed hash of a visitor's browser
    reason     TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE UNIQUE INDEX moderation_report_person ON moderation_report (matter, person) WHERE person <> '';
CREATE UNIQUE INDEX moderation_report_device ON moderation_report (matter, device) WHERE device <> '';
CREATE INDEX moderation_report_own ON moderation_report (person, at) WHERE person <> '';

CREATE TABLE moderation_block (
    id         TEXT    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES person (id),
    programme  TEXT    NOT NULL DEFAULT '', -- '' for the whole installation
    reason     TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    blocked_by TEXT    NOT NULL,
    ends_at    BIGINT,                      -- NULL: until somebody lifts it
    lifted_by  TEXT,
    answer     TEXT    NOT NULL DEFAULT '', -- why it was lifted
    version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX moderation_block_person ON moderation_block (person, ends_at);
CREATE INDEX moderation_block_programme ON moderation_block (programme, at);

-- An appeal is against a case or a block, once.
CREATE TABLE moderation_appeal (
    id          TEXT   NOT NULL PRIMARY KEY,
    against     TEXT   NOT NULL,            -- case, block
    matter      TEXT   NOT NULL UNIQUE,
    programme   TEXT   NOT NULL DEFAULT '',
    person      TEXT   NOT NULL REFERENCES person (id),
    words       TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    state       TEXT   NOT NULL,            -- waiting, upheld, rejected
    answer      TEXT   NOT NULL DEFAULT '',
    answered_at BIGINT,
    answered_by TEXT
);
CREATE INDEX moderation_appeal_queue ON moderation_appeal (programme, at) WHERE state = 'waiting';

CREATE TABLE moderation_words (
    programme  TEXT    NOT NULL PRIMARY KEY, -- '' for the whole installation
    words      TEXT    NOT NULL,             -- one entry on each line
    links      BOOLEAN NOT NULL,             -- any link sends a text to be looked at
    updated_at BIGINT  NOT NULL,
    updated_by TEXT    NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
);

-- How often somebody did something lately, by a keyed hash.
CREATE TABLE moderation_count (
    key   TEXT    NOT NULL PRIMARY KEY,
    n     INTEGER NOT NULL,
    since BIGINT  NOT NULL
);

-- +goose Down
DROP TABLE moderation_count;
DROP TABLE moderation_words;
DROP TABLE moderation_appeal;
DROP TABLE moderation_block;
DROP TABLE moderation_report;
DROP TABLE moderation_author;
DROP TABLE moderation_case;
