-- +goose Up

-- When the account was emptied; NULL for an account that somebody is behind.
ALTER TABLE person ADD COLUMN erased_at BIGINT;

-- While a hold lies on a person, nothing of theirs is erased or runs out.
CREATE TABLE privacy_hold (
    id        TEXT    NOT NULL PRIMARY KEY,
    person    TEXT    NOT NULL REFERENCES person (id),
    reason    TEXT    NOT NULL,
    set_by    TEXT    NOT NULL REFERENCES person (id),
    set_at    BIGINT  NOT NULL,
    lifted_by TEXT    REFERENCES person (id),
    lifted_at BIGINT,
    why       TEXT    NOT NULL DEFAULT '', -- it was lifted
    version   INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX privacy_hold_one ON privacy_hold (person) WHERE lifted_at IS NULL;

-- Who asked to be erased, and when that was done. One row for a person.
CREATE TABLE privacy_erasure (
    person   TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    asked_at BIGINT NOT NULL,
    done_at  BIGINT
);
CREATE INDEX privacy_erasure_waiting ON privacy_erasure (asked_at) WHERE done_at IS NULL;

-- What was removed because its time was over: numbers alone.
CREATE TABLE privacy_removal (
    id        TEXT    NOT NULL PRIMARY KEY,
    run       BIGINT  NOT NULL, -- when that run of the job began
    records   TEXT    NOT NULL, -- the table
    fate      TEXT    NOT NULL, -- deleted or emptied
    number    INTEGER NOT NULL
);
CREATE INDEX privacy_removal_run ON privacy_removal (run, records);

-- Who of the staff looked at whose data. One row for a look at a person or at a
-- list; whom it showed stands beside it.
CREATE TABLE privacy_look (
    id    TEXT    NOT NULL PRIMARY KEY,
    actor TEXT    NOT NULL REFERENCES person (id),
    page  TEXT    NOT NULL, -- which page, a mark of the room
    place TEXT    NOT NULL DEFAULT '', -- slug of the programme or organisation
    shown INTEGER NOT NULL, -- how many people it showed
    at    BIGINT  NOT NULL
);
CREATE INDEX privacy_look_at ON privacy_look (at, id);
CREATE INDEX privacy_look_actor ON privacy_look (actor, at);

CREATE TABLE privacy_look_person (
    look   TEXT   NOT NULL REFERENCES privacy_look (id) ON DELETE CASCADE,
    person TEXT   NOT NULL REFERENCES person (id),
    at     BIGINT NOT NULL,
    PRIMARY KEY (look, person)
);
CREATE INDEX privacy_look_person_person ON privacy_look_person (person, at);

-- +goose Down
DROP TABLE privacy_look_person;
DROP TABLE privacy_look;
DROP TABLE privacy_removal;
DROP TABLE privacy_erasure;
DROP TABLE privacy_hold;
ALTER TABLE person DROP COLUMN erased_at;
