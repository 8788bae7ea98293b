-- +goose Up

-- What lists show, and the state. The rest of the words is in the current
-- revision, so that a list reads few pages.
CREATE TABLE news_article (
    id               TEXT    PRIMARY KEY,
    programme        TEXT    NOT NULL REFERENCES programme (id),
    slug             TEXT    NOT NULL,
    organisation     TEXT    REFERENCES organisation (id),
    title            TEXT    NOT NULL,
    lead             TEXT    NOT NULL,
    language         TEXT    NOT NULL,
    picture          TEXT,                        -- JSON
    publish_at       BIGINT,                      -- NULL: a draft
    withdrawn_at     BIGINT,
    listed_at        BIGINT,                      -- publish_at, unless withdrawn: what lists go by
    withdrawn_reason TEXT    NOT NULL DEFAULT '',
    revision         INTEGER NOT NULL DEFAULT 1,  -- the current one
    created_at       BIGINT  NOT NULL,
    updated_at       BIGINT  NOT NULL,            -- the words or the state
    revised_at       BIGINT  NOT NULL,            -- the words
    version          INTEGER NOT NULL DEFAULT 1,
    folded           TEXT    NOT NULL             -- lang.Fold of all words, for the search
);
-- Each public list reads one of these from its end, and counts in it alone.
CREATE INDEX news_article_listed ON news_article (listed_at, id, programme);
CREATE INDEX news_article_listed_programme ON news_article (programme, listed_at, id);
CREATE INDEX news_article_listed_organisation ON news_article (organisation, listed_at, id, programme);
CREATE INDEX news_article_programme ON news_article (programme, updated_at);

-- Every address that an article has or had. The key is what makes the slug
-- unique when two people save at once.
CREATE TABLE news_address (
    programme TEXT NOT NULL REFERENCES programme (id),
    slug      TEXT NOT NULL,
    article   TEXT NOT NULL REFERENCES news_article (id) ON DELETE CASCADE,
    PRIMARY KEY (programme, slug)
);
CREATE INDEX news_address_article ON news_address (article);

-- One row for each save; never changed, but for html when the renderer is.
CREATE TABLE news_revision (
    article       TEXT    NOT NULL REFERENCES news_article (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    person        TEXT    NOT NULL,
    saved_at      BIGINT  NOT NULL,
    restored_from INTEGER NOT NULL DEFAULT 0,
    title         TEXT    NOT NULL,
    lead          TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    details       TEXT    NOT NULL, -- JSON: organisation, tags, places, goals, picture, files
    body          TEXT    NOT NULL, -- Markdown
    html          TEXT    NOT NULL,
    html_by       INTEGER NOT NULL, -- markdown.Version
    PRIMARY KEY (article, number)
);

-- What was done with the article beside saving it.
CREATE TABLE news_act (
    article TEXT   NOT NULL REFERENCES news_article (id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,
    id      TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    act     TEXT   NOT NULL,
    detail  TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (article, at, id)
);

-- Tags and places repeat what lists go by, so that a list of one tag is read
-- from one index as well.
CREATE TABLE news_tag (
    article   TEXT NOT NULL REFERENCES news_article (id) ON DELETE CASCADE,
    slug      TEXT NOT NULL,
    name      TEXT NOT NULL,
    programme TEXT NOT NULL,
    listed_at BIGINT,
    PRIMARY KEY (article, slug)
);
CREATE INDEX news_tag_listed ON news_tag (slug, listed_at, article, programme);

CREATE TABLE news_place (
    article   TEXT NOT NULL REFERENCES news_article (id) ON DELETE CASCADE,
    terc      TEXT NOT NULL,
    programme TEXT NOT NULL,
    listed_at BIGINT,
    PRIMARY KEY (article, terc)
);
CREATE INDEX news_place_listed ON news_place (terc, listed_at, article, programme);

-- A file is kept as soon as it came, so that a mistake elsewhere in the form
-- loses nothing. used: some revision shows it. What stays unused is swept. The
-- article may not exist yet.
CREATE TABLE news_file (
    id          TEXT    PRIMARY KEY,
    article     TEXT    NOT NULL,
    programme   TEXT    NOT NULL REFERENCES programme (id),
    picture     BOOLEAN NOT NULL,
    name        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    variants    TEXT    NOT NULL DEFAULT '', -- JSON: the widths of a picture
    used        BOOLEAN NOT NULL DEFAULT FALSE,
    uploaded_by TEXT    NOT NULL,
    uploaded_at BIGINT  NOT NULL
);
CREATE INDEX news_file_article ON news_file (article);
CREATE INDEX news_file_unused ON news_file (uploaded_at) WHERE NOT used;

-- +goose Down
DROP TABLE news_file;
DROP TABLE news_place;
DROP TABLE news_tag;
DROP TABLE news_act;
DROP TABLE news_revision;
DROP TABLE news_address;
DROP TABLE news_article;
