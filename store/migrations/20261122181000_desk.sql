-- +goose Up
-- What waits for somebody. Rooms write and remove rows in the transactions that
-- make and settle the matter.
CREATE TABLE desk_item (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    matter      TEXT   NOT NULL,            -- what it is about, within its kind
    to_person   TEXT   NOT NULL DEFAULT '', -- one of these three ways to address it
    to_email    TEXT   NOT NULL DEFAULT '', -- somebody who may have no account yet
    to_role     TEXT   NOT NULL DEFAULT '', -- whoever has the role in the place
    place       TEXT   NOT NULL DEFAULT '', -- programme or organisation, '' for the installation
    place_title TEXT   NOT NULL DEFAULT '',
    title       TEXT   NOT NULL DEFAULT '', -- of the matter itself: an article, a phase
    path        TEXT   NOT NULL,
    about       TEXT   NOT NULL DEFAULT '', -- the person whom it concerns, '' for nobody
    from_at     BIGINT,                     -- not before
    due_at      BIGINT,                     -- late after
    until_at    BIGINT,                     -- not any more after
    created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX desk_item_once ON desk_item (kind, matter, to_person, to_email, to_role, place);
CREATE INDEX desk_item_person ON desk_item (to_person) WHERE to_person <> '';
CREATE INDEX desk_item_email ON desk_item (to_email) WHERE to_email <> '';
CREATE INDEX desk_item_role ON desk_item (to_role, place) WHERE to_role <> '';
CREATE INDEX desk_item_place ON desk_item (place) WHERE place <> '';
CREATE INDEX desk_item_until ON desk_item (until_at) WHERE until_at IS NOT NULL;

-- +goose Down
DROP TABLE desk_item;
