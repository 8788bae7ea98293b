-- +goose Up
-- Letters on their way. What a letter says is never kept: it is written anew
-- at each sending, because it may hold a one-time token.
CREATE TABLE mail_outbox (
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    person     TEXT,                        -- whose letter it is, where we know
    language   TEXT    NOT NULL,
    data       TEXT    NOT NULL,            -- JSON of ids
    state      TEXT    NOT NULL,            -- waiting, sending, sent, failed
    attempts   INTEGER NOT NULL DEFAULT 0,
    last_error TEXT    NOT NULL DEFAULT '', -- neither body nor address
    created_at BIGINT  NOT NULL,
    tried_at   BIGINT,
    sent_at    BIGINT,
    version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX mail_outbox_state ON mail_outbox (state, id);
CREATE INDEX mail_outbox_person ON mail_outbox (person) WHERE person IS NOT NULL;

-- +goose Down
DROP TABLE mail_outbox;
