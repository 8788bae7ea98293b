-- +goose Up

-- Kinds that a programme adds to the six that are ours.
CREATE TABLE barrier_kind (
    programme TEXT    NOT NULL REFERENCES programme (id),
    slug      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    about     TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (programme, slug)
);

-- One constraint: a belief, a confusion of roles, a risk … of groups, never of a
-- person. Its address is its number in the programme, so that no word of it,
-- not even one that has to go, stays in an address.
CREATE TABLE barrier (
    id            TEXT    NOT NULL PRIMARY KEY,
    programme     TEXT    NOT NULL REFERENCES programme (id),
    number        INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    holders       TEXT    NOT NULL DEFAULT '', -- sectors with commas between
    about         TEXT    NOT NULL DEFAULT '',
    language      TEXT    NOT NULL,
    statement     TEXT    NOT NULL,
    detail        TEXT    NOT NULL DEFAULT '',
    cause         TEXT    NOT NULL DEFAULT '', -- of a risk: cause, effect, by what it is seen to come
    effect        TEXT    NOT NULL DEFAULT '',
    signal        TEXT    NOT NULL DEFAULT '',
    probability   INTEGER NOT NULL DEFAULT 0,  -- of a risk, 1 to 5; 0: not assessed
    impact        INTEGER NOT NULL DEFAULT 0,
    state         TEXT    NOT NULL,
    reason        TEXT    NOT NULL DEFAULT '', -- of the decline or of the withdrawal
    doubts        TEXT    NOT NULL DEFAULT '', -- what seemed to name a person and, says the author, does not
    author        TEXT    NOT NULL,
    verdict       TEXT    NOT NULL DEFAULT '',
    verdict_note  TEXT    NOT NULL DEFAULT '',
    verdict_at    BIGINT,
    measure       TEXT    NOT NULL DEFAULT '',
    response      TEXT    NOT NULL DEFAULT '',
    owner         TEXT    REFERENCES organisation (id), -- who answers for the response; NULL: the team
    due_at        BIGINT,                      -- the first moment after the last day
    done_at       BIGINT,
    review_at     BIGINT,                      -- the first moment after the day of the review
    voting_ended  BIGINT,
    closed_at     BIGINT,                      -- it is gone, said a review
    proposed_at   BIGINT  NOT NULL,
    registered_at BIGINT,
    updated_at    BIGINT  NOT NULL,
    folded        TEXT    NOT NULL,            -- lang.Fold of its words, for the search in the register
    version       INTEGER NOT NULL DEFAULT 1,
    UNIQUE (programme, number)
);
CREATE INDEX barrier_registered ON barrier (programme, registered_at);

CREATE TABLE barrier_evidence (
    id       TEXT    NOT NULL PRIMARY KEY,
    barrier  TEXT    NOT NULL REFERENCES barrier (id),
    side     TEXT    NOT NULL, -- for, against
    text     TEXT    NOT NULL,
    url      TEXT    NOT NULL DEFAULT '',
    state    TEXT    NOT NULL,
    doubts   TEXT    NOT NULL DEFAULT '',
    author   TEXT    NOT NULL,
    added_at BIGINT  NOT NULL,
    version  INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX barrier_evidence_barrier ON barrier_evidence (barrier, added_at);

-- What was done with a barrier.
CREATE TABLE barrier_act (
    id      TEXT   NOT NULL PRIMARY KEY,
    barrier TEXT   NOT NULL REFERENCES barrier (id),
    at      BIGINT NOT NULL,
    person  TEXT   NOT NULL,
    act     TEXT   NOT NULL,
    word    TEXT   NOT NULL DEFAULT '', -- the verdict, the measure, the outcome
    note    TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX barrier_act_barrier ON barrier_act (barrier, at);

-- Which vote is whose, while it may still be changed. Stays out of backups and
-- archives, and is destroyed when the voting ends.
CREATE TABLE barrier_vote_link (
    vote    TEXT NOT NULL PRIMARY KEY, -- random
    barrier TEXT NOT NULL REFERENCES barrier (id),
    person  TEXT NOT NULL,
    UNIQUE (barrier, person)
);

-- What a sector was last shown to think, at each day on which that changed. Only
-- sums over at least five voters, of whom at least five are new or have changed.
CREATE TABLE barrier_figure (
    barrier       TEXT    NOT NULL REFERENCES barrier (id),
    sector        TEXT    NOT NULL,
    day           BIGINT  NOT NULL,
    voters        INTEGER NOT NULL,
    frequency_sum INTEGER NOT NULL,
    harm_sum      INTEGER NOT NULL,
    PRIMARY KEY (barrier, sector, day)
);

-- +goose Down
DROP TABLE barrier_figure;
DROP TABLE barrier_vote_link;
DROP TABLE barrier_act;
DROP TABLE barrier_evidence;
DROP TABLE barrier;
DROP TABLE barrier_kind;
