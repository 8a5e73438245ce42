-- state gains: 6 known (a file that was imported before) 7 undone. updates: what a known external id does: 0 refuse 1 update 2 skip.
ALTER TABLE import ADD COLUMN updates INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
-- Keyed fingerprint of the file's content.
ALTER TABLE import ADD COLUMN fingerprint BLOB;
CREATE INDEX import_fingerprint ON import (project, fingerprint) WHERE fingerprint IS NOT NULL;

-- image: id of its image.
ALTER TABLE item ADD COLUMN image BLOB;
CREATE INDEX item_batch ON item (batch, id) WHERE batch IS NOT NULL;

-- What lists of items look for. Neither a lease nor a submission touches it.
CREATE INDEX slot_later ON slot (project, state, id) WHERE state >= 3;

-- id is also the id of the record with the file's name. name: keyed fingerprint of it. type: 1 png 2 jpeg 3 gif 4 webp
CREATE TABLE image (
    id         BLOB NOT NULL PRIMARY KEY,
    project    BLOB NOT NULL,
    import     BLOB NOT NULL,
    name       BLOB NOT NULL,
    type       INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX image_name ON image (import, name);

-- Its content, in order, each part a record.
CREATE TABLE image_part (
    image   BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    record  BLOB NOT NULL UNIQUE,
    bytes   INTEGER NOT NULL,
    PRIMARY KEY (image, ordinal)
) STRICT, WITHOUT ROWID;

-- Facets that the lab allows in clear, and what items have of them.
CREATE TABLE facet (
    project    BLOB NOT NULL,
    name       TEXT NOT NULL,
    allowed_by BLOB NOT NULL,
    allowed_at INTEGER NOT NULL,
    PRIMARY KEY (project, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_facet (
    item    BLOB NOT NULL,
    facet   TEXT NOT NULL,
    value   TEXT NOT NULL,
    project BLOB NOT NULL,
    PRIMARY KEY (item, facet)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_facet_value ON item_facet (project, facet, value, item);

-- id is also the id of the record with what is looked for. state: 0 scanning 1 done 2 cancelled 3 stopped. after: last item looked at.
CREATE TABLE search (
    id           BLOB NOT NULL PRIMARY KEY,
    project      BLOB NOT NULL,
    state        INTEGER NOT NULL,
    slots        INTEGER,
    after        BLOB NOT NULL,
    scanned      INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    found        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    requested_by BLOB NOT NULL,
    requested_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT;
CREATE INDEX search_project ON search (project, id);
CREATE INDEX search_scanning ON search (id) WHERE state = 0;
CREATE INDEX search_expires ON search (expires_at);

-- What was found, sealed in runs.
CREATE TABLE search_finds (
    search  BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    record  BLOB NOT NULL UNIQUE,
    PRIMARY KEY (search, ordinal)
) STRICT, WITHOUT ROWID;
