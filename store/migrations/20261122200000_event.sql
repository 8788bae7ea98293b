-- +goose Up

CREATE TABLE event (
    id               TEXT    NOT NULL PRIMARY KEY,
    programme        TEXT    NOT NULL REFERENCES programme (id),
    slug             TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    host             TEXT    REFERENCES organisation (id),
    title            TEXT    NOT NULL,
    lead             TEXT    NOT NULL,
    body             TEXT    NOT NULL,             -- Markdown
    language         TEXT    NOT NULL,
    mode             TEXT    NOT NULL,
    place            TEXT    NOT NULL,             -- JSON
    terc             TEXT    NOT NULL DEFAULT '',  -- of the place, for lists
    starts_at        BIGINT  NOT NULL,             -- of the first session
    ends_at          BIGINT  NOT NULL,             -- of the last one
    published_at     BIGINT,                       -- NULL: a draft
    cancelled_at     BIGINT,
    cancelled_reason TEXT    NOT NULL DEFAULT '',
    revision         INTEGER NOT NULL DEFAULT 1,   -- of when and where, as participants were told
    created_at       BIGINT  NOT NULL,
    updated_at       BIGINT  NOT NULL,
    version          INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_programme ON event (programme, starts_at, id);
CREATE INDEX event_starts ON event (starts_at, id);
CREATE INDEX event_host ON event (host);
CREATE INDEX event_terc ON event (terc, starts_at);

-- Every address that an event has or had.
CREATE TABLE event_address (
    programme TEXT NOT NULL REFERENCES programme (id),
    slug      TEXT NOT NULL,
    event     TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    PRIMARY KEY (programme, slug)
);
CREATE INDEX event_address_event ON event_address (event);

CREATE TABLE event_session (
    id        TEXT    NOT NULL PRIMARY KEY,
    event     TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    starts_at BIGINT  NOT NULL,
    minutes   INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    text      TEXT    NOT NULL DEFAULT '',       -- Markdown
    room      TEXT    NOT NULL DEFAULT '',
    pause     BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX event_session_event ON event_session (event, starts_at);

-- Whom the event announces: trainers, experts, hosts.
CREATE TABLE event_speaker (
    id           TEXT    NOT NULL PRIMARY KEY,
    event        TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    organisation TEXT    NOT NULL DEFAULT '',
    profile      TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX event_speaker_event ON event_speaker (event, position);

CREATE TABLE event_session_speaker (
    session TEXT NOT NULL REFERENCES event_session (id) ON DELETE CASCADE,
    speaker TEXT NOT NULL REFERENCES event_speaker (id) ON DELETE CASCADE,
    PRIMARY KEY (session, speaker)
);
CREATE INDEX event_session_speaker_speaker ON event_session_speaker (speaker);

-- Slides, handouts, forms: of the whole event or of one session.
CREATE TABLE event_file (
    id          TEXT    NOT NULL PRIMARY KEY,
    event       TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    session     TEXT    REFERENCES event_session (id) ON DELETE SET NULL,
    title       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    after       BOOLEAN NOT NULL,                 -- shown only once it is over
    uploaded_by TEXT,
    uploaded_at BIGINT  NOT NULL
);
CREATE INDEX event_file_event ON event_file (event, uploaded_at);
CREATE INDEX event_file_session ON event_file (session);

-- The goals that the event serves once it is published.
CREATE TABLE event_goal (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    goal  TEXT NOT NULL REFERENCES programme_goal (id) ON DELETE CASCADE,
    PRIMARY KEY (event, goal)
);
CREATE INDEX event_goal_goal ON event_goal (goal);

-- Under which address a person's own calendar is read by their telephone. The
-- address is made of the key and the secret of the installation.
CREATE TABLE event_calendar (
    person     TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    key        TEXT   NOT NULL UNIQUE,
    renewed_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE event_calendar;
DROP TABLE event_goal;
DROP TABLE event_file;
DROP TABLE event_session_speaker;
DROP TABLE event_speaker;
DROP TABLE event_session;
DROP TABLE event_address;
DROP TABLE event;
