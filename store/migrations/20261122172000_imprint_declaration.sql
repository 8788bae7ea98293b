-- +goose Up

-- The declaration of accessibility, one for each language of the site.
CREATE TABLE imprint_declaration (
    language    TEXT    NOT NULL PRIMARY KEY,
    published   TEXT    NOT NULL, -- yyyy-mm-dd, as the declaration shows it
    updated     TEXT    NOT NULL,
    drawn_up    TEXT    NOT NULL,
    reviewed    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    words       TEXT    NOT NULL, -- JSON: field to text
    reminded_at BIGINT,           -- of the yearly review
    updated_by  TEXT    NOT NULL REFERENCES person (id),
    updated_at  BIGINT  NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
);

-- +goose Down
DROP TABLE imprint_declaration;
