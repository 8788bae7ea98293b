-- +goose Up

-- How questions to the experts of a panel are asked. Without a row the panel is
-- as panel.Default says.
CREATE TABLE event_panel (
    event     TEXT    NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    askers    TEXT    NOT NULL DEFAULT 'anyone', -- anyone signed in, participants
    lead      TEXT    NOT NULL DEFAULT '',
    opens_at  BIGINT,                            -- NULL: with the publication of the event
    closes_at BIGINT,                            -- NULL: with its end
    revision  BIGINT  NOT NULL DEFAULT 1,        -- of what the page of questions shows
    version   INTEGER NOT NULL DEFAULT 1
);

-- People with an account who answer in writing.
CREATE TABLE event_panel_expert (
    event  TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (event, person)
);
CREATE INDEX event_panel_expert_person ON event_panel_expert (person);

CREATE TABLE event_panel_question (
    id           TEXT    NOT NULL PRIMARY KEY,
    event        TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person       TEXT    REFERENCES person (id), -- who asked; NULL: noted from the room
    text         TEXT    NOT NULL,
    expert       TEXT    NOT NULL DEFAULT '',    -- whom it is for, as the event announces them
    state        TEXT    NOT NULL,               -- waiting, public, answered, refused, merged, withdrawn
    reason       TEXT    NOT NULL DEFAULT '',    -- why it was refused, for who asked
    merged_into  TEXT,                           -- the question that answers it as well
    answer       TEXT    NOT NULL DEFAULT '',    -- Markdown
    answer_by    TEXT    NOT NULL DEFAULT '',    -- the expert or the team, in words
    answer_way   TEXT    NOT NULL DEFAULT '',    -- written, room
    asked_at     BIGINT  NOT NULL,
    state_at     BIGINT  NOT NULL,
    moderated_by TEXT,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_panel_question_event ON event_panel_question (event, state, asked_at);
CREATE INDEX event_panel_question_person ON event_panel_question (person);
CREATE INDEX event_panel_question_merged ON event_panel_question (merged_into);

-- "I ask that too": one row for a person, whatever they press.
CREATE TABLE event_panel_support (
    question TEXT   NOT NULL REFERENCES event_panel_question (id) ON DELETE CASCADE,
    person   TEXT   NOT NULL REFERENCES person (id),
    at       BIGINT NOT NULL,
    PRIMARY KEY (question, person)
);
CREATE INDEX event_panel_support_person ON event_panel_support (person);

-- +goose Down
DROP TABLE event_panel_support;
DROP TABLE event_panel_question;
DROP TABLE event_panel_expert;
DROP TABLE event_panel;
