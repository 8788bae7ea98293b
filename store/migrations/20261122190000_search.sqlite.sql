-- +goose Up

-- One row for each thing that can be found. The words by which it is found stand
-- in search_index under the same number. n also tells roughly what is newer.
CREATE TABLE search_document (
    n         INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    programme TEXT    NOT NULL DEFAULT '',
    language  TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    text      TEXT    NOT NULL,            -- plain, as excerpts quote it
    url       TEXT    NOT NULL,
    need      TEXT    NOT NULL DEFAULT '', -- permission of the audience, '' for everybody
    team      TEXT    NOT NULL DEFAULT '', -- permission of those who always find it, '' for nobody
    place     TEXT    NOT NULL DEFAULT '', -- where both permissions have to be held
    at        BIGINT,                      -- from when the audience finds it; NULL: never
    UNIQUE (kind, id)
);
CREATE INDEX search_document_programme ON search_document (programme);

-- Words as package search prepares them, in ASCII, with a space between; FTS5
-- only looks them up.
CREATE VIRTUAL TABLE search_index USING fts5 (tokens,
    content='', contentless_delete=1, detail=none, prefix='3 4 5 6 7 8', tokenize="ascii tokenchars '_'");

-- Programmes that are not before the public hide everything that is theirs.
CREATE TABLE search_hidden (programme TEXT NOT NULL PRIMARY KEY);

-- Which version of the analyser has filled the index, kind by kind.
CREATE TABLE search_filled (
    kind    TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
);

-- +goose Down
DROP TABLE search_filled;
DROP TABLE search_hidden;
DROP TABLE search_index;
DROP TABLE search_document;
