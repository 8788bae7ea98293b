-- +goose Up

-- The form on which people say what they thought of an event.
CREATE TABLE event_feedback (
    id        TEXT    NOT NULL PRIMARY KEY,
    event     TEXT    NOT NULL REFERENCES event (id),
    opens_at  BIGINT  NOT NULL,
    closes_at BIGINT  NOT NULL,
    classes   TEXT,             -- JSON: sectors that are told apart, NULL before the first answer
    version   INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX event_feedback_event ON event_feedback (event);

CREATE TABLE event_feedback_question (
    id       TEXT    NOT NULL PRIMARY KEY,
    form     TEXT    NOT NULL REFERENCES event_feedback (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code     TEXT    NOT NULL DEFAULT '', -- of a usual question, by which events are compared
    kind     TEXT    NOT NULL,            -- scale, text
    text     TEXT    NOT NULL
);
CREATE INDEX event_feedback_question_form ON event_feedback_question (form, position);

-- Who has answered, so that nobody answers twice. Nothing leads from here to an
-- answer, and no row says when.
CREATE TABLE event_feedback_participation (
    form   TEXT NOT NULL REFERENCES event_feedback (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (form, person)
);
CREATE INDEX event_feedback_participation_person ON event_feedback_participation (person);

-- +goose Down
DROP TABLE event_feedback_participation;
DROP TABLE event_feedback_question;
DROP TABLE event_feedback;
