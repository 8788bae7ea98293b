-- +goose Up

-- What organisations offer one another to learn, and what they look for.
CREATE TABLE event_exchange (
    id           TEXT    NOT NULL PRIMARY KEY,
    programme    TEXT    NOT NULL REFERENCES programme (id),
    organisation TEXT    NOT NULL REFERENCES organisation (id),
    side         TEXT    NOT NULL,              -- offer, need
    formats      TEXT    NOT NULL,              -- " clinic shadowing "
    topics       TEXT    NOT NULL,              -- " grants settlement "
    text         TEXT    NOT NULL,
    terms        TEXT    NOT NULL DEFAULT '',   -- when, for how long, for how many
    places       INTEGER NOT NULL DEFAULT 1,    -- with how many organisations
    terc         TEXT    NOT NULL DEFAULT '',   -- where, "" for anywhere
    open         BOOLEAN NOT NULL DEFAULT TRUE,
    created_at   BIGINT  NOT NULL,
    created_by   TEXT    NOT NULL,
    updated_at   BIGINT  NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX event_exchange_programme ON event_exchange (programme, side, created_at);
CREATE INDEX event_exchange_organisation ON event_exchange (organisation);

-- An offer and a need that go together. Each pair is proposed once.
CREATE TABLE event_exchange_pair (
    id        TEXT    NOT NULL PRIMARY KEY,
    programme TEXT    NOT NULL REFERENCES programme (id),
    offer     TEXT    NOT NULL REFERENCES event_exchange (id),
    need      TEXT    NOT NULL REFERENCES event_exchange (id),
    format    TEXT    NOT NULL,
    state     TEXT    NOT NULL,             -- proposed, agreed, declined
    offer_by  TEXT,                         -- who accepted for the offer
    need_by   TEXT,                         -- who accepted for the need
    reason    TEXT    NOT NULL DEFAULT '',  -- why it was declined
    event     TEXT    REFERENCES event (id) ON DELETE SET NULL,
    at        BIGINT  NOT NULL,
    state_at  BIGINT  NOT NULL,
    state_by  TEXT
);
CREATE UNIQUE INDEX event_exchange_pair_once ON event_exchange_pair (offer, need);
CREATE INDEX event_exchange_pair_need ON event_exchange_pair (need);
CREATE INDEX event_exchange_pair_programme ON event_exchange_pair (programme, at);
CREATE INDEX event_exchange_pair_event ON event_exchange_pair (event);

-- +goose Down
DROP TABLE event_exchange_pair;
DROP TABLE event_exchange;
