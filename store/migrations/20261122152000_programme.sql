-- +goose Up

-- revision grows with every change that a reader of the programme's page could
-- see; version only with changes of the programme's own words, which two people
-- may be editing at once.
CREATE TABLE programme (
    id             TEXT    NOT NULL PRIMARY KEY,
    slug           TEXT    NOT NULL UNIQUE,
    title          TEXT    NOT NULL,
    title_key      TEXT    NOT NULL,            -- lang.SortKey(title)
    folded         TEXT    NOT NULL,            -- lang.Fold(title and summary)
    summary        TEXT    NOT NULL,
    description    TEXT    NOT NULL DEFAULT '', -- Markdown
    language       TEXT    NOT NULL,
    owner          TEXT    NOT NULL REFERENCES organisation (id),
    manager        TEXT    NOT NULL REFERENCES person (id), -- who speaks for the programme
    contact_email  TEXT    NOT NULL DEFAULT '',
    contact_phone  TEXT    NOT NULL DEFAULT '',
    funder         TEXT    NOT NULL DEFAULT '',
    project_number TEXT    NOT NULL DEFAULT '',
    admission      TEXT    NOT NULL,
    sectors        TEXT    NOT NULL,            -- who may join, comma between
    starts_at      BIGINT,
    ends_at        BIGINT,                      -- the first moment after the last day
    state          TEXT    NOT NULL,
    published_at   BIGINT,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL,
    updated_by     TEXT    NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 1,
    version        INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX programme_listed ON programme (state, title_key, id);
CREATE INDEX programme_owner ON programme (owner);

CREATE TABLE programme_area (
    programme TEXT NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    terc      TEXT NOT NULL,
    PRIMARY KEY (programme, terc)
);
CREATE INDEX programme_area_terc ON programme_area (terc, programme);

CREATE TABLE programme_partner (
    programme    TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    organisation TEXT    NOT NULL REFERENCES organisation (id),
    position     INTEGER NOT NULL,
    url          TEXT    NOT NULL DEFAULT '', -- the partner's own page about the programme
    PRIMARY KEY (programme, organisation)
);
CREATE INDEX programme_partner_organisation ON programme_partner (organisation);

CREATE TABLE programme_logo (
    id        TEXT    NOT NULL PRIMARY KEY,
    programme TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    alt       TEXT    NOT NULL,
    blob      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    type      TEXT    NOT NULL,
    size      BIGINT  NOT NULL,
    width     INTEGER NOT NULL,
    height    INTEGER NOT NULL
);
CREATE INDEX programme_logo_programme ON programme_logo (programme, position);

CREATE TABLE programme_phase (
    id        TEXT    NOT NULL PRIMARY KEY,
    programme TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    starts_at BIGINT  NOT NULL,
    ends_at   BIGINT,                         -- the first moment after the last day
    opens     TEXT    NOT NULL DEFAULT '',    -- names of openings, comma between
    version   INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX programme_phase_programme ON programme_phase (programme, position);

CREATE TABLE programme_goal (
    id          TEXT    NOT NULL PRIMARY KEY,
    programme   TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL DEFAULT '',
    version     INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX programme_goal_programme ON programme_goal (programme, position);

-- What another room did for a goal: an article, later an event or a standard.
CREATE TABLE programme_goal_activity (
    goal      TEXT   NOT NULL REFERENCES programme_goal (id) ON DELETE CASCADE,
    kind      TEXT   NOT NULL,
    activity  TEXT   NOT NULL,
    title     TEXT   NOT NULL,
    url       TEXT   NOT NULL,
    served_at BIGINT NOT NULL,
    PRIMARY KEY (goal, kind, activity)
);
CREATE INDEX programme_goal_activity_activity ON programme_goal_activity (kind, activity);

-- Numbers are whole thousandths of the unit.
CREATE TABLE programme_indicator (
    id        TEXT    NOT NULL PRIMARY KEY,
    programme TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    goal      TEXT    NOT NULL REFERENCES programme_goal (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    unit      TEXT    NOT NULL DEFAULT '',
    baseline  BIGINT,
    target    BIGINT  NOT NULL,
    version   INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX programme_indicator_programme ON programme_indicator (programme, position);
CREATE INDEX programme_indicator_goal ON programme_indicator (goal);

-- Values are only added: what was said at a time stays readable.
CREATE TABLE programme_indicator_value (
    id         TEXT   NOT NULL PRIMARY KEY,
    programme  TEXT   NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    indicator  TEXT   NOT NULL REFERENCES programme_indicator (id) ON DELETE CASCADE,
    amount     BIGINT NOT NULL,
    day        BIGINT NOT NULL,
    note       TEXT   NOT NULL DEFAULT '',
    entered_by TEXT   NOT NULL,
    entered_at BIGINT NOT NULL
);
CREATE INDEX programme_indicator_value_programme ON programme_indicator_value (programme, day, id);
CREATE INDEX programme_indicator_value_indicator ON programme_indicator_value (indicator);

CREATE TABLE programme_role (
    programme TEXT   NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    person    TEXT   NOT NULL REFERENCES person (id),
    role      TEXT   NOT NULL,
    given_by  TEXT   NOT NULL,
    given_at  BIGINT NOT NULL,
    PRIMARY KEY (programme, person, role)
);
CREATE INDEX programme_role_person ON programme_role (person);

-- One row for a person in a programme, whatever happened: the key is what makes
-- parallel requests to join one membership.
CREATE TABLE programme_member (
    programme    TEXT    NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    person       TEXT    NOT NULL REFERENCES person (id),
    state        TEXT    NOT NULL,
    organisation TEXT    NOT NULL DEFAULT '', -- for whom the person takes part, '' for themselves
    sector       TEXT    NOT NULL,
    municipality TEXT    NOT NULL DEFAULT '', -- TERC, '' outside the subregion or not said
    words        TEXT    NOT NULL DEFAULT '', -- with which the person asked to join
    since        BIGINT  NOT NULL,            -- in this state
    decided_by   TEXT    NOT NULL DEFAULT '',
    reason       TEXT    NOT NULL DEFAULT '', -- of a refusal
    version      INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (programme, person)
);
CREATE INDEX programme_member_state ON programme_member (programme, state, sector, municipality);
CREATE INDEX programme_member_person ON programme_member (person, state);

-- role is '' for an invitation to take part. The address is the proof: whoever
-- signs in with it may answer.
CREATE TABLE programme_invitation (
    id          TEXT   NOT NULL PRIMARY KEY,
    programme   TEXT   NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    email       TEXT   NOT NULL,
    role        TEXT   NOT NULL DEFAULT '',
    language    TEXT   NOT NULL,
    invited_by  TEXT   NOT NULL,
    invited_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    answer      TEXT   NOT NULL DEFAULT '',
    answered_at BIGINT
);
CREATE UNIQUE INDEX programme_invitation_open ON programme_invitation (programme, email, role) WHERE answer = '';
CREATE INDEX programme_invitation_email ON programme_invitation (email, answer);

-- +goose Down
DROP TABLE programme_invitation;
DROP TABLE programme_member;
DROP TABLE programme_role;
DROP TABLE programme_indicator_value;
DROP TABLE programme_indicator;
DROP TABLE programme_goal_activity;
DROP TABLE programme_goal;
DROP TABLE programme_phase;
DROP TABLE programme_logo;
DROP TABLE programme_partner;
DROP TABLE programme_area;
DROP TABLE programme;
