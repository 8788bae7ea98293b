-- +goose Up

-- A vote by itself: no time, no person, a random id, and no rowid that would
-- keep the order in which votes came.
CREATE TABLE barrier_vote (
    id        TEXT    NOT NULL PRIMARY KEY,
    barrier   TEXT    NOT NULL REFERENCES barrier (id),
    sector    TEXT    NOT NULL,
    frequency INTEGER NOT NULL,
    harm      INTEGER NOT NULL,
    shown_frequency INTEGER NOT NULL DEFAULT 0, -- as it stands in the figures that are shown; 0: not yet
    shown_harm      INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX barrier_vote_barrier ON barrier_vote (barrier, sector);

-- Who has voted: so that nobody votes twice. It tells neither when nor what.
CREATE TABLE barrier_voter (
    barrier TEXT NOT NULL REFERENCES barrier (id),
    person  TEXT NOT NULL,
    PRIMARY KEY (barrier, person)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE barrier_voter;
DROP TABLE barrier_vote;
