-- +goose Up

-- What the example programme has told already: each dated step once, so that a
-- later day on the same data goes on where the story stopped.
CREATE TABLE demo_step (
    step    TEXT   PRIMARY KEY,
    told_at BIGINT NOT NULL -- wall clock
);

-- The things of the story that its later steps need, by the names it gives them.
CREATE TABLE demo_thing (
    label TEXT PRIMARY KEY,
    thing TEXT NOT NULL
);

-- +goose Down
DROP TABLE demo_thing;
DROP TABLE demo_step;
