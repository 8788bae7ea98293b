-- +goose Up

-- A link leads from what came later to what it came from: thing follows, answers
-- or replaces source. Both may be of any kind, so that no foreign key can hold
-- them; a room that deletes a thing for good forgets its links.
CREATE TABLE trace_link (
    id          TEXT   NOT NULL PRIMARY KEY,
    type        TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    thing       TEXT   NOT NULL,
    source_kind TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    added_by    TEXT   NOT NULL,
    added_at    BIGINT NOT NULL,
    UNIQUE (kind, thing, source_kind, source, type)
);
CREATE INDEX trace_link_source ON trace_link (source_kind, source);
CREATE INDEX trace_link_added_by ON trace_link (added_by);

-- +goose Down
DROP TABLE trace_link;
