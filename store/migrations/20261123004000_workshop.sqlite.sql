-- +goose Up

-- A live workshop: phones, a screen, paper, and those who lead it.
CREATE TABLE workshop (
    id         TEXT    NOT NULL PRIMARY KEY,
    programme  TEXT    REFERENCES programme (id),  -- NULL: begun by a visitor, or on a laptop
    event      TEXT    REFERENCES event (id),
    session    TEXT,                               -- part of the event's programme
    title      TEXT    NOT NULL,
    lead       TEXT    NOT NULL DEFAULT '',
    leaders    TEXT    NOT NULL DEFAULT '',        -- names of those who lead it, as they are announced
    place      TEXT    NOT NULL DEFAULT '',        -- programme and event in words, for the laptop
    language   TEXT    NOT NULL,
    code       TEXT    NOT NULL UNIQUE,
    key_hash   TEXT    NOT NULL DEFAULT '',        -- of the key with which it is led without an account
    tables     INTEGER NOT NULL DEFAULT 0,
    current    TEXT    NOT NULL DEFAULT '',        -- the activity that phones show
    revision   BIGINT  NOT NULL DEFAULT 1,         -- of the agenda: phones look when it grows
    seq        BIGINT  NOT NULL DEFAULT 0,         -- of the last answer
    opened_at  BIGINT,
    closed_at  BIGINT,                             -- links to devices are destroyed
    taken_at   BIGINT,                             -- it is on a laptop
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX workshop_programme ON workshop (programme);
CREATE INDEX workshop_event ON workshop (event);
CREATE UNIQUE INDEX workshop_key ON workshop (key_hash) WHERE key_hash <> '';

CREATE TABLE workshop_activity (
    id         TEXT    NOT NULL PRIMARY KEY,
    workshop   TEXT    NOT NULL REFERENCES workshop (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    minutes    INTEGER NOT NULL,                   -- 0: until it is stopped
    settings   TEXT    NOT NULL,                   -- JSON
    source     TEXT    NOT NULL DEFAULT '',        -- an earlier activity whose items it takes up
    compared   TEXT    NOT NULL DEFAULT '',        -- an earlier activity it is set beside
    round      INTEGER NOT NULL DEFAULT 1,         -- answers of earlier rounds no longer count
    started_at BIGINT,
    ends_at    BIGINT,
    stopped_at BIGINT,
    revealed   BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX workshop_activity_workshop ON workshop_activity (workshop, position);

-- Somebody in a workshop: a token drawn by lot. The hash leads to a device while
-- the workshop is open, and to nobody.
CREATE TABLE workshop_participant (
    workshop TEXT    NOT NULL REFERENCES workshop (id) ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    hash     TEXT    NOT NULL DEFAULT '',
    sector   TEXT    NOT NULL,
    seat     INTEGER NOT NULL DEFAULT 0,
    way      TEXT    NOT NULL,
    sheet    INTEGER NOT NULL DEFAULT 0,           -- number of a sheet of paper
    PRIMARY KEY (workshop, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX workshop_participant_hash ON workshop_participant (workshop, hash) WHERE hash <> '';
CREATE UNIQUE INDEX workshop_participant_sheet ON workshop_participant (workshop, sheet) WHERE sheet > 0;

-- The log: every answer in the order in which it came, without the time.
CREATE TABLE workshop_entry (
    workshop    TEXT    NOT NULL REFERENCES workshop (id) ON DELETE CASCADE,
    seq         BIGINT  NOT NULL,
    id          TEXT    NOT NULL,                  -- given by the device
    activity    TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    participant TEXT    NOT NULL DEFAULT '',       -- '' for a facilitator
    body        TEXT    NOT NULL,                  -- JSON of the kind
    PRIMARY KEY (workshop, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX workshop_entry_id ON workshop_entry (workshop, id);

-- +goose Down
DROP TABLE workshop_entry;
DROP TABLE workshop_participant;
DROP TABLE workshop_activity;
DROP TABLE workshop;
