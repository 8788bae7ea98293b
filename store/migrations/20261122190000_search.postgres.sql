-- +goose Up

-- One row for each thing that can be found. n also tells roughly what is newer.
-- tokens is what SQLite keeps in search_index: words as package search prepares
-- them, in ASCII.
CREATE TABLE search_document (
    n         BIGINT   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      TEXT     NOT NULL,
    id        TEXT     NOT NULL,
    programme TEXT     NOT NULL DEFAULT '',
    language  TEXT     NOT NULL,
    title     TEXT     NOT NULL,
    text      TEXT     NOT NULL,            -- plain, as excerpts quote it
    url       TEXT     NOT NULL,
    need      TEXT     NOT NULL DEFAULT '', -- permission of the audience, '' for everybody
    team      TEXT     NOT NULL DEFAULT '', -- permission of those who always find it, '' for nobody
    place     TEXT     NOT NULL DEFAULT '', -- where both permissions have to be held
    at        BIGINT,                       -- from when the audience finds it; NULL: never
    tokens    TSVECTOR NOT NULL,
    UNIQUE (kind, id)
) WITH (toast_tuple_target = 128); -- text and tokens stand apart: a question that meets many rows reads the rest of them
CREATE INDEX search_document_programme ON search_document (programme);
-- One token more tells roughly how new a document is, so that of a word of most
-- texts only the newest have to be read.
CREATE INDEX search_document_tokens ON search_document USING gin ((tokens || array_to_tsvector(ARRAY['n_' || (n / 1000)::text])));

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
DROP TABLE search_document;
