-- +goose Up

-- What was merged, with the rows that the other had already.
CREATE TABLE merge_record (
    id        TEXT   NOT NULL PRIMARY KEY,
    kind      TEXT   NOT NULL,
    gone      TEXT   NOT NULL, -- id
    stays     TEXT   NOT NULL, -- id
    kept      TEXT   NOT NULL, -- JSON
    merged_by TEXT   NOT NULL REFERENCES person (id),
    merged_at BIGINT NOT NULL
);

-- Addresses of organisations that were merged into others.
CREATE TABLE organisation_alias (
    slug         TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisation (id)
);
CREATE INDEX organisation_alias_organisation ON organisation_alias (organisation);

-- +goose Down
DROP TABLE organisation_alias;
DROP TABLE merge_record;
