-- +goose Up

-- Working groups of a programme.
CREATE TABLE event_group (
    id           TEXT    NOT NULL PRIMARY KEY,
    programme    TEXT    NOT NULL REFERENCES programme (id),
    slug         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    purpose      TEXT    NOT NULL,             -- the mandate, Markdown
    appointed_by TEXT    NOT NULL,             -- by what act, in words
    appointer    TEXT    REFERENCES organisation (id),
    starts_at    BIGINT  NOT NULL,
    ends_at      BIGINT,                       -- the first moment after the last day
    asking       BOOLEAN NOT NULL DEFAULT FALSE, -- people may ask to join
    state        TEXT    NOT NULL,             -- forming, working, closed
    reason       TEXT    NOT NULL DEFAULT '',  -- why it was closed
    outcome      TEXT    NOT NULL DEFAULT '',  -- and what it has left
    closed_at    BIGINT,
    created_at   BIGINT  NOT NULL,
    created_by   TEXT    NOT NULL,
    updated_at   BIGINT  NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX event_group_slug ON event_group (programme, slug);
CREATE INDEX event_group_appointer ON event_group (appointer);

-- One stretch of somebody's time in a group, in one role: what was stays.
CREATE TABLE event_group_member (
    id           TEXT    NOT NULL PRIMARY KEY,
    event_group  TEXT    NOT NULL REFERENCES event_group (id),
    person       TEXT    NOT NULL,
    organisation TEXT    REFERENCES organisation (id), -- NULL for themselves
    sector       TEXT    NOT NULL,
    role         TEXT    NOT NULL,             -- chair, secretary, member, observer
    state        TEXT    NOT NULL,             -- asked, active, ended, refused, withdrawn
    named        BOOLEAN NOT NULL DEFAULT FALSE, -- the public may read the name
    words        TEXT    NOT NULL DEFAULT '',  -- with which they asked
    reason       TEXT    NOT NULL DEFAULT '',  -- of a refusal or an end
    from_at      BIGINT,
    until_at     BIGINT,
    at           BIGINT  NOT NULL,
    state_at     BIGINT  NOT NULL,
    state_by     TEXT,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX event_group_member_once ON event_group_member (event_group, person) WHERE state IN ('asked', 'active');
CREATE UNIQUE INDEX event_group_member_chair ON event_group_member (event_group) WHERE role = 'chair' AND state = 'active';
CREATE INDEX event_group_member_group ON event_group_member (event_group, state);
CREATE INDEX event_group_member_person ON event_group_member (person);
CREATE INDEX event_group_member_organisation ON event_group_member (organisation);

CREATE TABLE event_group_invitation (
    id          TEXT    NOT NULL PRIMARY KEY,
    event_group TEXT    NOT NULL REFERENCES event_group (id),
    email       TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    words       TEXT    NOT NULL DEFAULT '',
    language    TEXT    NOT NULL,
    invited_at  BIGINT  NOT NULL,
    invited_by  TEXT    NOT NULL,
    expires_at  BIGINT  NOT NULL,
    answer      TEXT    NOT NULL DEFAULT '',   -- accepted, declined, withdrawn
    answered_at BIGINT
);
CREATE UNIQUE INDEX event_group_invitation_once ON event_group_invitation (event_group, email) WHERE answer = '';
CREATE INDEX event_group_invitation_group ON event_group_invitation (event_group, invited_at);
CREATE INDEX event_group_invitation_email ON event_group_invitation (email);

CREATE TABLE event_group_meeting (
    event       TEXT NOT NULL PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    event_group TEXT NOT NULL REFERENCES event_group (id)
);
CREATE INDEX event_group_meeting_group ON event_group_meeting (event_group);

-- +goose Down
DROP TABLE event_group_meeting;
DROP TABLE event_group_invitation;
DROP TABLE event_group_member;
DROP TABLE event_group;
