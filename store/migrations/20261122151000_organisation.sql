-- +goose Up
CREATE TABLE organisation (
    id                TEXT    PRIMARY KEY,
    slug              TEXT    NOT NULL UNIQUE,
    name              TEXT    NOT NULL,
    name_key          TEXT    NOT NULL,          -- lang.SortKey(name)
    folded            TEXT    NOT NULL,          -- lang.Fold(name and short name)
    short_name        TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    sector            TEXT    NOT NULL,          -- follows from kind
    register          TEXT    NOT NULL,
    register_number   TEXT    NOT NULL,
    register_key      TEXT    UNIQUE,            -- NULL: stands in no register that tells it from others
    nip               TEXT    NOT NULL,
    regon             TEXT    NOT NULL,
    municipality      TEXT    NOT NULL,          -- TERC, '' outside the subregion
    address           TEXT    NOT NULL,
    website           TEXT    NOT NULL,
    email             TEXT    NOT NULL,
    phone             TEXT    NOT NULL,
    contact           TEXT    NOT NULL,
    description       TEXT    NOT NULL,          -- Markdown
    language          TEXT    NOT NULL,
    verified_at       BIGINT,
    verification_note TEXT    NOT NULL DEFAULT '',
    verification_on   BIGINT,
    verification_by   TEXT,
    created_at        BIGINT  NOT NULL,
    created_by        TEXT    NOT NULL REFERENCES person (id),
    updated_at        BIGINT  NOT NULL,
    updated_by        TEXT    NOT NULL REFERENCES person (id),
    people_changes    INTEGER NOT NULL DEFAULT 0, -- whoever changes mandates writes here first, so that they wait for each other
    version           INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX organisation_name ON organisation (name_key, id);
CREATE INDEX organisation_created ON organisation (created_at, id);
CREATE INDEX organisation_founder ON organisation (created_by, created_at);
CREATE INDEX organisation_unverified ON organisation (updated_at, id) WHERE verified_at IS NULL;

-- Apart from organisation, so that no public page or export can carry it.
CREATE TABLE organisation_papers (
    organisation   TEXT    PRIMARY KEY REFERENCES organisation (id),
    signatories    TEXT    NOT NULL, -- JSON: name, function
    representation TEXT    NOT NULL,
    account        TEXT    NOT NULL,
    statute_place  TEXT    NOT NULL,
    statute_url    TEXT    NOT NULL,
    updated_at     BIGINT  NOT NULL,
    updated_by     TEXT    NOT NULL REFERENCES person (id),
    version        INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE organisation_mandate (
    id           TEXT    PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES organisation (id),
    person       TEXT    NOT NULL REFERENCES person (id),
    role         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    from_at      BIGINT  NOT NULL,
    until_at     BIGINT,           -- the first moment after its last day
    ended_at     BIGINT,           -- ended by a person, or replaced after its date
    ended_by     TEXT,
    created_at   BIGINT  NOT NULL,
    created_by   TEXT    NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX organisation_mandate_one ON organisation_mandate (organisation, person) WHERE ended_at IS NULL;
CREATE INDEX organisation_mandate_person ON organisation_mandate (person) WHERE ended_at IS NULL;

CREATE TABLE organisation_request (
    id           TEXT    PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES organisation (id),
    person       TEXT    NOT NULL REFERENCES person (id),
    reason       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    answer       TEXT    NOT NULL DEFAULT '',
    created_at   BIGINT  NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT
);
CREATE UNIQUE INDEX organisation_request_one ON organisation_request (organisation, person) WHERE state = 'waiting';
CREATE INDEX organisation_request_person ON organisation_request (person, created_at);

CREATE TABLE organisation_invitation (
    id           TEXT    PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES organisation (id),
    email        TEXT    NOT NULL, -- folded by people.ParseEmail
    role         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    from_at      BIGINT,           -- NULL: when it is accepted
    until_at     BIGINT,
    state        TEXT    NOT NULL,
    invited_by   TEXT    NOT NULL REFERENCES person (id),
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT
);
CREATE UNIQUE INDEX organisation_invitation_one ON organisation_invitation (organisation, email) WHERE state = 'waiting';
CREATE INDEX organisation_invitation_email ON organisation_invitation (email) WHERE state = 'waiting';
CREATE INDEX organisation_invitation_inviter ON organisation_invitation (invited_by, created_at);

-- +goose Down
DROP TABLE organisation_invitation;
DROP TABLE organisation_request;
DROP TABLE organisation_mandate;
DROP TABLE organisation_papers;
DROP TABLE organisation;
