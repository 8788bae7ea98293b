-- +goose Up

-- A list of organisations that somebody brought. It waits here from the preview
-- to the end of the time in which it can be taken back.
CREATE TABLE organisation_import (
    id           TEXT   NOT NULL PRIMARY KEY,
    programme    TEXT   NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    file         TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    created_by   TEXT   NOT NULL REFERENCES person (id),
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT
);
CREATE INDEX organisation_import_programme ON organisation_import (programme, created_at);

CREATE TABLE organisation_import_row (
    import       TEXT    NOT NULL REFERENCES organisation_import (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    verdict      TEXT    NOT NULL,
    organisation TEXT    NOT NULL DEFAULT '', -- that it became, or is
    content      TEXT    NOT NULL,            -- JSON: profile, address to invite, mistakes
    PRIMARY KEY (import, number)
);

-- +goose Down
DROP TABLE organisation_import_row;
DROP TABLE organisation_import;
