-- +goose Up
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person     TEXT NOT NULL,
    acting_for TEXT NOT NULL DEFAULT '',
    staff      BOOLEAN NOT NULL,
    agent      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);

-- +goose Down
DROP TABLE session;
