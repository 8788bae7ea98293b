-- +goose Up

-- Who came: one row for each person at the event as a whole (session NULL) and
-- one for each session at which they were noted. No row: they were not there.
CREATE TABLE event_attendance (
    id           TEXT   NOT NULL PRIMARY KEY,
    event        TEXT   NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    registration TEXT   NOT NULL REFERENCES event_registration (id) ON DELETE CASCADE,
    session      TEXT   REFERENCES event_session (id) ON DELETE CASCADE,
    person       TEXT   REFERENCES person (id),  -- of the registration, NULL for one without an account
    came_at      BIGINT NOT NULL,                -- as the phone at the door says
    noted_at     BIGINT NOT NULL,
    noted_by     TEXT   NOT NULL                 -- the person at the door
);
CREATE UNIQUE INDEX event_attendance_whole ON event_attendance (registration) WHERE session IS NULL;
CREATE UNIQUE INDEX event_attendance_session ON event_attendance (registration, session) WHERE session IS NOT NULL;
CREATE INDEX event_attendance_event ON event_attendance (event);
CREATE INDEX event_attendance_person ON event_attendance (person);

-- What a phone has sent already: sent again on a bad network, it does nothing
-- again, whatever was changed in the meantime.
CREATE TABLE event_attendance_sent (
    id      TEXT   NOT NULL PRIMARY KEY,         -- chosen by the phone
    event   TEXT   NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    sent_at BIGINT NOT NULL
);
CREATE INDEX event_attendance_sent_at ON event_attendance_sent (sent_at);

-- How attendance is noted and who gets a certificate; no row: once for the whole
-- event, and whoever came gets one.
CREATE TABLE event_attendance_rule (
    event          TEXT    NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    by_session     BOOLEAN NOT NULL,
    least_sessions INTEGER NOT NULL,              -- for a certificate; 0: it is enough to have come
    words          TEXT    NOT NULL DEFAULT '',   -- on the certificate: what the event was about
    version        INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE event_certificate (
    id             TEXT    NOT NULL PRIMARY KEY,
    programme      TEXT    NOT NULL REFERENCES programme (id),
    event          TEXT    NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    registration   TEXT    NOT NULL REFERENCES event_registration (id) ON DELETE CASCADE,
    person         TEXT    REFERENCES person (id),
    year           INTEGER NOT NULL,
    number         INTEGER NOT NULL,              -- within the programme and the year
    code           TEXT    NOT NULL,              -- in the link of verification
    name           TEXT    NOT NULL,              -- as it was printed
    sessions       INTEGER NOT NULL,              -- at how many the person was, 0 where it is not noted
    issued_at      BIGINT  NOT NULL,
    issued_by      TEXT    NOT NULL,
    revoked_at     BIGINT,
    revoked_by     TEXT,
    revoked_reason TEXT    NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX event_certificate_number ON event_certificate (programme, year, number);
CREATE UNIQUE INDEX event_certificate_code ON event_certificate (code);
-- A person has one that is good; a revoked one may be followed by another.
CREATE UNIQUE INDEX event_certificate_good ON event_certificate (registration) WHERE revoked_at IS NULL;
CREATE INDEX event_certificate_event ON event_certificate (event);
CREATE INDEX event_certificate_person ON event_certificate (person);

-- +goose Down
DROP TABLE event_certificate;
DROP TABLE event_attendance_rule;
DROP TABLE event_attendance_sent;
DROP TABLE event_attendance;
