-- +goose Up

CREATE TABLE debate (
    id           TEXT    NOT NULL PRIMARY KEY,
    programme    TEXT    NOT NULL REFERENCES programme (id),
    slug         TEXT    NOT NULL,
    code         TEXT    NOT NULL UNIQUE,
    question     TEXT    NOT NULL,
    intro        TEXT    NOT NULL,                -- Markdown
    language     TEXT    NOT NULL,
    event        TEXT    REFERENCES event (id),
    entry        TEXT    NOT NULL,                -- accounts, code, anyone
    moderation   TEXT    NOT NULL,                -- before, after
    mirror       BOOLEAN NOT NULL,
    opens_at     BIGINT  NOT NULL,
    closes_at    BIGINT,
    published_at BIGINT,
    closed_at    BIGINT,                          -- links to people are destroyed
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX debate_slug ON debate (programme, slug);
CREATE INDEX debate_event ON debate (event);

CREATE TABLE debate_statement (
    debate  TEXT    NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    origin  TEXT    NOT NULL,                     -- seed, import, participant
    author  INTEGER NOT NULL DEFAULT 0,           -- number of a participant
    state   TEXT    NOT NULL,                     -- waiting, shown, rejected, merged, corrected
    reason  TEXT    NOT NULL DEFAULT '',
    becomes INTEGER NOT NULL DEFAULT 0,
    meta    BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (debate, number)
);

-- Somebody in a debate. Rows lie in the order of numbers that were drawn by
-- lot, so that their order tells nothing.
CREATE TABLE debate_participant (
    debate  TEXT    NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    sector  TEXT    NOT NULL,
    trusted BOOLEAN NOT NULL DEFAULT FALSE,
    muted   BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (debate, number)
) WITHOUT ROWID;

-- Who is behind a number, while the debate is open.
CREATE TABLE debate_person (
    debate TEXT    NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    person TEXT    NOT NULL REFERENCES person (id),
    number INTEGER NOT NULL,
    PRIMARY KEY (debate, person)
) WITHOUT ROWID;
CREATE INDEX debate_person_person ON debate_person (person);

CREATE TABLE debate_device (
    debate TEXT    NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    hash   TEXT    NOT NULL,                      -- of the token in the browser
    number INTEGER NOT NULL,
    PRIMARY KEY (debate, hash)
) WITHOUT ROWID;

-- The log: votes and guesses in the order in which they counted, without the
-- time at which they came.
CREATE TABLE debate_entry (
    debate      TEXT    NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    seq         BIGINT  NOT NULL,
    participant INTEGER NOT NULL,
    statement   INTEGER NOT NULL,
    vote        INTEGER,                          -- 1 agree, 0 pass, -1 disagree; NULL: a guess
    important   BOOLEAN NOT NULL DEFAULT FALSE,
    about       TEXT,                             -- the sector of a guess
    percent     INTEGER,
    PRIMARY KEY (debate, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX debate_entry_guess ON debate_entry (debate, participant, statement, about) WHERE about IS NOT NULL;
CREATE INDEX debate_entry_statement ON debate_entry (debate, statement);

-- +goose Down
DROP TABLE debate_entry;
DROP TABLE debate_device;
DROP TABLE debate_person;
DROP TABLE debate_participant;
DROP TABLE debate_statement;
DROP TABLE debate;
