-- +goose Up

-- Of a key only its hash is kept; its times are those of the world.
CREATE TABLE api_key (
    id         TEXT   NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    scope      TEXT   NOT NULL,
    hash       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX api_key_person ON api_key (person, created_at);

-- +goose Down
DROP TABLE api_key;
