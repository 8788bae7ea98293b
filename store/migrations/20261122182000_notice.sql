-- +goose Up
-- What people are told. A message is one matter; whom it reaches stands apart,
-- once for each person.
CREATE TABLE notice_message (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    matter      TEXT    NOT NULL,
    place       TEXT    NOT NULL,           -- programme or organisation
    place_title TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    path        TEXT    NOT NULL,
    at          BIGINT  NOT NULL,           -- not told before, by the clock of the domain
    spread      BOOLEAN NOT NULL DEFAULT FALSE,
    created_at  BIGINT  NOT NULL,
    UNIQUE (kind, matter)
);

CREATE TABLE notice_recipient (
    message   TEXT   NOT NULL REFERENCES notice_message (id) ON DELETE CASCADE,
    person    TEXT   NOT NULL REFERENCES person (id),
    how       TEXT   NOT NULL,              -- now, daily, weekly, none
    told_at   BIGINT NOT NULL,              -- by the wall clock
    read_at   BIGINT,
    mailed_at BIGINT,
    digest    TEXT   NOT NULL DEFAULT '',   -- the letter in which it was mailed
    PRIMARY KEY (message, person)
);
CREATE INDEX notice_recipient_person ON notice_recipient (person, told_at);
CREATE INDEX notice_recipient_unmailed ON notice_recipient (how, told_at) WHERE mailed_at IS NULL AND how <> 'none';
CREATE INDEX notice_recipient_digest ON notice_recipient (digest) WHERE digest <> '';

CREATE TABLE notice_preference (
    person TEXT NOT NULL REFERENCES person (id),
    kind   TEXT NOT NULL,
    how    TEXT NOT NULL,
    PRIMARY KEY (person, kind)
);

CREATE TABLE notice_follow (
    person TEXT   NOT NULL REFERENCES person (id),
    place  TEXT   NOT NULL,
    since  BIGINT NOT NULL,
    PRIMARY KEY (person, place)
);
CREATE INDEX notice_follow_place ON notice_follow (place);

-- +goose Down
DROP TABLE notice_follow;
DROP TABLE notice_preference;
DROP TABLE notice_recipient;
DROP TABLE notice_message;
