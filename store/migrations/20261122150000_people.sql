-- +goose Up
CREATE TABLE person (
    id             TEXT NOT NULL PRIMARY KEY,
    email          TEXT NOT NULL UNIQUE, -- folded by people.ParseEmail
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL,        -- Polish order
    search         TEXT NOT NULL,        -- folded name and e-mail
    language       TEXT NOT NULL,
    municipality   TEXT NOT NULL DEFAULT '',
    administrator  BOOLEAN NOT NULL DEFAULT FALSE,
    blocked_at     BIGINT,
    blocked_reason TEXT NOT NULL DEFAULT '',
    created_at     BIGINT NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX person_name ON person (name_key, id);

-- Apart from person, so that no list, form or export of people can carry it.
CREATE TABLE person_secret (
    person        TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    password_hash TEXT NOT NULL DEFAULT '',
    password_at   BIGINT,
    totp_secret   TEXT NOT NULL DEFAULT '', -- sealed with the key of the installation
    totp_at       BIGINT,                   -- NULL until the first code was right
    totp_step     BIGINT NOT NULL DEFAULT 0 -- the last step used: no code counts twice
);

CREATE TABLE person_recovery_code (
    person TEXT NOT NULL REFERENCES person (id),
    hash   TEXT NOT NULL,
    PRIMARY KEY (person, hash)
);

-- What administrators did to an account, and why.
CREATE TABLE person_act (
    id      TEXT NOT NULL PRIMARY KEY,
    person  TEXT NOT NULL REFERENCES person (id),
    done_by TEXT NOT NULL, -- empty: from the command line
    act     TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX person_act_person ON person_act (person, at);

CREATE TABLE sign_in_attempt (
    id           TEXT NOT NULL PRIMARY KEY,
    browser      TEXT NOT NULL UNIQUE, -- hash of the token in the cookie of the browser that asked
    purpose      TEXT NOT NULL,
    person       TEXT NOT NULL DEFAULT '', -- known from the beginning where an address is changed
    email        TEXT NOT NULL,
    network      TEXT NOT NULL,        -- keyed hash
    created_at   BIGINT NOT NULL,
    code_hash    TEXT NOT NULL DEFAULT '',
    link_hash    TEXT NOT NULL DEFAULT '',
    expires_at   BIGINT,               -- NULL until the letter goes out
    tries        INTEGER NOT NULL DEFAULT 0,
    second_tries INTEGER NOT NULL DEFAULT 0,
    proved_at    BIGINT,
    cancelled_at BIGINT,
    done_at      BIGINT
);
CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email, created_at);
CREATE INDEX sign_in_attempt_network ON sign_in_attempt (network, created_at);
CREATE INDEX sign_in_attempt_created ON sign_in_attempt (created_at);

CREATE TABLE sign_in_tally (
    key     TEXT NOT NULL PRIMARY KEY, -- keyed hash of what is counted
    tries   INTEGER NOT NULL,
    free_at BIGINT NOT NULL,  -- not before this time
    seen_at BIGINT NOT NULL
);
CREATE INDEX sign_in_tally_seen ON sign_in_tally (seen_at);

-- +goose Down
DROP TABLE sign_in_tally;
DROP TABLE sign_in_attempt;
DROP TABLE person_act;
DROP TABLE person_recovery_code;
DROP TABLE person_secret;
DROP TABLE person;
