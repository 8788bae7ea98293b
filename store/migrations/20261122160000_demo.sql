-- +goose Up

-- One row where the example programme is or was being loaded, none elsewhere.
CREATE TABLE demo (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    key       TEXT   NOT NULL, -- opens the sign-in links
    loaded_at BIGINT           -- wall clock; NULL: not finished
);

-- +goose Down
DROP TABLE demo;
