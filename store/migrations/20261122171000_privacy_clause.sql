-- +goose Up

-- What a controller tells about the data it collects (GDPR art. 13), where it
-- says something else than the program proposes. Each gmina and each NGO is a
-- controller of its own: a row for a programme or an organisation, and one for
-- the installation.
CREATE TABLE privacy_clause (
    kind       TEXT    NOT NULL, -- installation, programme, organisation
    place      TEXT    NOT NULL, -- id, '' for the installation
    words      TEXT    NOT NULL, -- JSON: field to text
    updated_by TEXT    NOT NULL REFERENCES person (id),
    updated_at BIGINT  NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, place)
);

-- +goose Down
DROP TABLE privacy_clause;
