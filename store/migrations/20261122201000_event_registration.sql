-- +goose Up

-- One row for each time that somebody signed up for an event. Who withdraws and
-- comes back has two: the queue is told by number alone.
CREATE TABLE event_registration (
    id                TEXT    NOT NULL PRIMARY KEY,
    event             TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person            TEXT    REFERENCES person (id),       -- NULL: on paper, or a guest named by an organisation
    name              TEXT    NOT NULL,                     -- as it is printed on the card and the certificate
    email             TEXT    NOT NULL DEFAULT '',          -- of a guest without an account
    organisation      TEXT    REFERENCES organisation (id), -- for whom they come, NULL: for themselves
    organisation_name TEXT    NOT NULL DEFAULT '',          -- of one that is not on the platform
    sector            TEXT    NOT NULL,
    terc              TEXT    NOT NULL DEFAULT '',          -- the gmina whose seat they take
    channel           TEXT    NOT NULL,                     -- self, group, paper
    state             TEXT    NOT NULL,                     -- confirmed, offered, waiting, withdrawn, lapsed
    number            INTEGER NOT NULL,                     -- order of arrival at the event, without gaps
    answers           TEXT    NOT NULL DEFAULT '[]',        -- JSON: to the questions of the event
    registered_at     BIGINT  NOT NULL,
    registered_by     TEXT,                                 -- the person at the keyboard
    state_at          BIGINT  NOT NULL,
    offered_until     BIGINT,                               -- of an offered seat
    batch             TEXT    NOT NULL DEFAULT '',          -- of those entered together: a group, a list on paper
    reminded_at       BIGINT,                               -- when the letter before the event was ordered
    owed              TEXT    NOT NULL DEFAULT '',          -- the kind of a letter that is still to be ordered
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX event_registration_number ON event_registration (event, number);
-- Nobody has two live registrations for one event.
CREATE UNIQUE INDEX event_registration_person ON event_registration (event, person)
    WHERE person IS NOT NULL AND state IN ('confirmed', 'offered', 'waiting');
CREATE UNIQUE INDEX event_registration_guest ON event_registration (event, email)
    WHERE person IS NULL AND email <> '' AND state IN ('confirmed', 'offered', 'waiting');
CREATE INDEX event_registration_state ON event_registration (event, state, sector, terc, number);
CREATE INDEX event_registration_due ON event_registration (offered_until) WHERE state = 'offered';
CREATE INDEX event_registration_batch ON event_registration (batch) WHERE batch <> '';
CREATE INDEX event_registration_email ON event_registration (email) WHERE email <> '';
CREATE INDEX event_registration_owed ON event_registration (event, number) WHERE owed <> '';
CREATE INDEX event_registration_of ON event_registration (person);
CREATE INDEX event_registration_organisation ON event_registration (organisation);

-- How people sign up for an event; no row: they do not.
CREATE TABLE event_admission (
    event          TEXT    NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    opens_at       BIGINT  NOT NULL,
    closes_at      BIGINT  NOT NULL,
    withdraw_until BIGINT,                        -- NULL: until the event begins
    confirm_hours  INTEGER NOT NULL,              -- how long an offered seat is held; 0: it is given at once
    invited        BOOLEAN NOT NULL,              -- only those on the list, or with the link
    link_key       TEXT    NOT NULL,              -- the secret part of that link
    group_size     INTEGER NOT NULL,              -- most people that an organisation names at once; 0: none
    note           TEXT    NOT NULL,              -- what one should know before signing up
    updated_at     BIGINT  NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1
);

-- How many seats there are: in all, for a sector, for a gmina.
CREATE TABLE event_seat_limit (
    event TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    kind  TEXT    NOT NULL,                       -- all, sector, gmina, each_gmina
    value TEXT    NOT NULL,                       -- the sector or the TERC code, '' for the others
    seats INTEGER NOT NULL,
    PRIMARY KEY (event, kind, value)
);

CREATE TABLE event_question (
    id         TEXT    NOT NULL PRIMARY KEY,
    event      TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,                  -- text, choice, consent, diet, access
    label      TEXT    NOT NULL,
    hint       TEXT    NOT NULL,
    options    TEXT    NOT NULL,                  -- of a choice, one on each line
    required   BOOLEAN NOT NULL,
    retired_at BIGINT                             -- not asked any more; its answers keep their words
);
CREATE INDEX event_question_event ON event_question (event, position);

-- Diet and access needs, apart from other answers: they go thirty days after the
-- event and stay out of lists.
CREATE TABLE event_need (
    id           TEXT   NOT NULL PRIMARY KEY,
    registration TEXT   NOT NULL REFERENCES event_registration (id) ON DELETE CASCADE,
    event        TEXT   NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    person       TEXT   REFERENCES person (id),
    email        TEXT   NOT NULL,
    question     TEXT   NOT NULL REFERENCES event_question (id) ON DELETE CASCADE,
    answer       TEXT   NOT NULL,
    ends_at      BIGINT NOT NULL                  -- of the event
);
CREATE UNIQUE INDEX event_need_one ON event_need (registration, question);
CREATE INDEX event_need_event ON event_need (event);
CREATE INDEX event_need_person ON event_need (person);

-- Who may sign up for an event that not everybody may.
CREATE TABLE event_invitation (
    id         TEXT   NOT NULL PRIMARY KEY,
    event      TEXT   NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    email      TEXT   NOT NULL,
    invited_at BIGINT NOT NULL,
    invited_by TEXT   NOT NULL
);
CREATE UNIQUE INDEX event_invitation_email ON event_invitation (event, email);

-- +goose Down
DROP TABLE event_invitation;
DROP TABLE event_need;
DROP TABLE event_question;
DROP TABLE event_seat_limit;
DROP TABLE event_admission;
DROP TABLE event_registration;
