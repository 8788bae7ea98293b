-- +goose Up

-- The tables of an event, from the day on which a seating was first proposed.
CREATE TABLE event_table (
    id       TEXT    NOT NULL PRIMARY KEY,
    event    TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,               -- from 1
    name     TEXT    NOT NULL
);
CREATE UNIQUE INDEX event_table_position ON event_table (event, position);

-- Who sits where. Whoever has none is on the list of those without a table.
CREATE TABLE event_seat (
    id           TEXT    NOT NULL PRIMARY KEY,
    event        TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    registration TEXT    NOT NULL REFERENCES event_registration (id) ON DELETE CASCADE,
    table_id     TEXT    NOT NULL REFERENCES event_table (id) ON DELETE CASCADE,
    person       TEXT    REFERENCES person (id),
    locked       BOOLEAN NOT NULL            -- stays when tables are proposed anew
);
CREATE UNIQUE INDEX event_seat_registration ON event_seat (registration);
CREATE INDEX event_seat_table ON event_seat (table_id);
CREATE INDEX event_seat_event ON event_seat (event);
CREATE INDEX event_seat_person ON event_seat (person);

-- The proposal on which the tables stand; with the seed it can be made again.
CREATE TABLE event_seating (
    event       TEXT    NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    seed        INTEGER NOT NULL,
    proposed_at BIGINT  NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
);

-- +goose Down
DROP TABLE event_seating;
DROP TABLE event_seat;
DROP TABLE event_table;
