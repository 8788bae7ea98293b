-- +goose Up

-- The minutes of an event. What was approved stands in event_minutes_edition;
-- the rows around this one are what is being written now.
CREATE TABLE event_minutes (
    id            TEXT    NOT NULL PRIMARY KEY,
    event         TEXT    NOT NULL REFERENCES event (id),
    state         TEXT    NOT NULL DEFAULT 'draft', -- draft, shown, approved, published
    edition       INTEGER NOT NULL DEFAULT 1,       -- being written, or the one approved last
    chair         TEXT    NOT NULL DEFAULT '',
    taker         TEXT    NOT NULL DEFAULT '',
    present       INTEGER,                          -- how many people were there, NULL: not counted
    quorum        INTEGER,                          -- how many had to be, NULL: none is needed
    remarks_until BIGINT,                           -- NULL: until it is approved
    shown_at      BIGINT,
    published_at  BIGINT,                           -- of the first edition
    reason        TEXT    NOT NULL DEFAULT '',      -- why a published edition is being corrected
    created_at    BIGINT  NOT NULL,
    updated_at    BIGINT  NOT NULL,
    updated_by    TEXT,
    version       INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX event_minutes_event ON event_minutes (event);

CREATE TABLE event_minutes_point (
    id         TEXT    NOT NULL PRIMARY KEY,
    minutes    TEXT    NOT NULL REFERENCES event_minutes (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    title      TEXT    NOT NULL,
    text       TEXT    NOT NULL DEFAULT '', -- Markdown: what was said
    updated_at BIGINT  NOT NULL,
    updated_by TEXT,
    version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_minutes_point_minutes ON event_minutes_point (minutes, position);

CREATE TABLE event_minutes_decision (
    id          TEXT    NOT NULL PRIMARY KEY,
    minutes     TEXT    NOT NULL REFERENCES event_minutes (id) ON DELETE CASCADE,
    point       TEXT    NOT NULL REFERENCES event_minutes_point (id),
    number      INTEGER NOT NULL,            -- within the minutes, never given again
    text        TEXT    NOT NULL,
    public_text TEXT    NOT NULL DEFAULT '', -- as it was published last, '' before that
    UNIQUE (minutes, number)
);
CREATE INDEX event_minutes_decision_point ON event_minutes_decision (point);

-- A vote by show of hands.
CREATE TABLE event_minutes_vote (
    id        TEXT    NOT NULL PRIMARY KEY,
    point     TEXT    NOT NULL REFERENCES event_minutes_point (id),
    position  INTEGER NOT NULL,
    question  TEXT    NOT NULL,
    choices   TEXT    NOT NULL, -- JSON: label and hands of each; an empty list: for and against
    yes       INTEGER NOT NULL,
    no        INTEGER NOT NULL,
    abstained INTEGER NOT NULL,
    present   INTEGER NOT NULL
);
CREATE INDEX event_minutes_vote_point ON event_minutes_vote (point, position);

-- Photographs of sheets, and files. One that an edition shows stays after it was
-- taken out.
CREATE TABLE event_minutes_file (
    id          TEXT    NOT NULL PRIMARY KEY,
    minutes     TEXT    NOT NULL REFERENCES event_minutes (id) ON DELETE CASCADE,
    picture     BOOLEAN NOT NULL,
    name        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    variants    TEXT    NOT NULL, -- JSON: widths of a picture
    alt         TEXT    NOT NULL DEFAULT '',
    caption     TEXT    NOT NULL DEFAULT '',
    removed     BOOLEAN NOT NULL DEFAULT FALSE,
    uploaded_at BIGINT  NOT NULL,
    uploaded_by TEXT
);
CREATE INDEX event_minutes_file_minutes ON event_minutes_file (minutes, uploaded_at);

-- What a participant remarks on a draft, and what became of it.
CREATE TABLE event_minutes_remark (
    id          TEXT    NOT NULL PRIMARY KEY,
    minutes     TEXT    NOT NULL REFERENCES event_minutes (id) ON DELETE CASCADE,
    edition     INTEGER NOT NULL,
    point       TEXT    REFERENCES event_minutes_point (id) ON DELETE SET NULL,
    person      TEXT    REFERENCES person (id),
    text        TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    outcome     TEXT    NOT NULL DEFAULT '', -- '', taken, declined
    answer      TEXT    NOT NULL DEFAULT '',
    answered_at BIGINT,
    answered_by TEXT
);
CREATE INDEX event_minutes_remark_minutes ON event_minutes_remark (minutes, at);
CREATE INDEX event_minutes_remark_person ON event_minutes_remark (person);

-- What was approved, word by word.
CREATE TABLE event_minutes_edition (
    minutes      TEXT    NOT NULL REFERENCES event_minutes (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    content      TEXT    NOT NULL,            -- JSON
    reason       TEXT    NOT NULL DEFAULT '', -- of a correction
    approved_at  BIGINT  NOT NULL,
    approved_by  TEXT,
    published_at BIGINT,
    PRIMARY KEY (minutes, number)
);

-- What somebody has taken on at an event.
CREATE TABLE event_task (
    id           TEXT    NOT NULL PRIMARY KEY,
    programme    TEXT    NOT NULL REFERENCES programme (id),
    event        TEXT    NOT NULL REFERENCES event (id),
    point        TEXT    REFERENCES event_minutes_point (id) ON DELETE SET NULL,
    title        TEXT    NOT NULL,
    text         TEXT    NOT NULL DEFAULT '',
    person       TEXT    REFERENCES person (id),       -- the owner: one of the two
    organisation TEXT    REFERENCES organisation (id),
    due_at       BIGINT  NOT NULL,                     -- the first moment after the last day
    state        TEXT    NOT NULL DEFAULT 'open',      -- open, reported, closed, dropped
    given_at     BIGINT,                               -- from when its owner knows; NULL: the draft is not shown yet
    public_at    BIGINT,                               -- from when everybody may know
    remind_at    BIGINT,                               -- the next reminder
    closed_at    BIGINT,
    created_at   BIGINT  NOT NULL,
    created_by   TEXT,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_task_programme ON event_task (programme, due_at, id);
CREATE INDEX event_task_event ON event_task (event);
CREATE INDEX event_task_point ON event_task (point);
CREATE INDEX event_task_remind ON event_task (remind_at);
CREATE INDEX event_task_person ON event_task (person);
CREATE INDEX event_task_organisation ON event_task (organisation);

-- What happened to a task, in order.
CREATE TABLE event_task_act (
    id     TEXT   NOT NULL PRIMARY KEY,
    task   TEXT   NOT NULL REFERENCES event_task (id) ON DELETE CASCADE,
    act    TEXT   NOT NULL, -- reported, returned, closed, changed, dropped
    note   TEXT   NOT NULL DEFAULT '',
    person TEXT,
    at     BIGINT NOT NULL
);
CREATE INDEX event_task_act_task ON event_task_act (task, at);

-- +goose Down
DROP TABLE event_task_act;
DROP TABLE event_task;
DROP TABLE event_minutes_edition;
DROP TABLE event_minutes_remark;
DROP TABLE event_minutes_file;
DROP TABLE event_minutes_vote;
DROP TABLE event_minutes_decision;
DROP TABLE event_minutes_point;
DROP TABLE event_minutes;
