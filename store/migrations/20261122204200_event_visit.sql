-- +goose Up

-- What the host of a study visit shows.
CREATE TABLE event_visit (
    event   TEXT    NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    about   TEXT    NOT NULL DEFAULT '', -- Markdown
    version INTEGER NOT NULL DEFAULT 1
);

-- The card: what to look at.
CREATE TABLE event_visit_task (
    id       TEXT    NOT NULL PRIMARY KEY,
    event    TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text     TEXT    NOT NULL
);
CREATE INDEX event_visit_task_event ON event_visit_task (event, position);

-- What one person wrote under one task.
CREATE TABLE event_visit_note (
    task    TEXT    NOT NULL REFERENCES event_visit_task (id),
    person  TEXT    NOT NULL REFERENCES person (id),
    text    TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    PRIMARY KEY (task, person)
);
CREATE INDEX event_visit_note_person ON event_visit_note (person);

CREATE TABLE event_visit_lesson (
    id      TEXT    NOT NULL PRIMARY KEY,
    event   TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person  TEXT    REFERENCES person (id),
    text    TEXT    NOT NULL,
    shown   BOOLEAN NOT NULL DEFAULT FALSE, -- to everybody, by the team
    at      BIGINT  NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_visit_lesson_event ON event_visit_lesson (event, at);
CREATE INDEX event_visit_lesson_person ON event_visit_lesson (person);

-- What somebody takes home from the visit: for an organisation, or for themselves.
CREATE TABLE event_visit_copy (
    id           TEXT    NOT NULL PRIMARY KEY,
    event        TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person       TEXT    REFERENCES person (id),
    organisation TEXT    REFERENCES organisation (id),
    what         TEXT    NOT NULL,
    due_at       BIGINT,
    state        TEXT    NOT NULL,            -- planned, started, done, dropped
    report       TEXT    NOT NULL DEFAULT '', -- what came of it
    at           BIGINT  NOT NULL,
    state_at     BIGINT  NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_visit_copy_event ON event_visit_copy (event, due_at, id);
CREATE INDEX event_visit_copy_person ON event_visit_copy (person);
CREATE INDEX event_visit_copy_organisation ON event_visit_copy (organisation);

-- +goose Down
DROP TABLE event_visit_copy;
DROP TABLE event_visit_lesson;
DROP TABLE event_visit_note;
DROP TABLE event_visit_task;
DROP TABLE event_visit;
