-- +goose Up

-- When backups were made, so that it can be said how old the last one is.
CREATE TABLE backup_made (
    at   BIGINT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL
);

-- +goose Down
DROP TABLE backup_made;
