-- +goose Up

-- One answer to one question. Its id is random, it has no time, and nothing binds
-- it to a person or to the other answers of the same sheet.
CREATE TABLE event_feedback_answer (
    id       TEXT    NOT NULL PRIMARY KEY,
    question TEXT    NOT NULL REFERENCES event_feedback_question (id) ON DELETE CASCADE,
    class    TEXT    NOT NULL,            -- a sector of at least five people, or "other"; "" of a text
    value    INTEGER,                     -- of a scale
    text     TEXT    NOT NULL DEFAULT '',
    shown    TEXT    NOT NULL DEFAULT ''   -- of a text: '', public, hidden
) WITHOUT ROWID;
CREATE INDEX event_feedback_answer_question ON event_feedback_answer (question);

-- +goose Down
DROP TABLE event_feedback_answer;
