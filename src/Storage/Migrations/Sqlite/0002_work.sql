-- Ids are UUIDs in 16 big-endian bytes; times are UTC microseconds since 1970.
-- Nothing confidential lies here: names, texts, file names, external ids and answers are records of the vault.

CREATE TABLE lab (
    id         BLOB NOT NULL PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    lab        BLOB NOT NULL REFERENCES lab (id),
    account    BLOB NOT NULL,
    name       TEXT NOT NULL,
    role       INTEGER NOT NULL,
    pseudonym  BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    left_at    INTEGER,
    PRIMARY KEY (lab, account)
) STRICT;
CREATE INDEX member_account ON member (account);

-- id is also the vault's project and the id of the record with name and description.
CREATE TABLE project (
    id         BLOB NOT NULL PRIMARY KEY,
    lab        BLOB NOT NULL REFERENCES lab (id),
    code       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    swept_at   INTEGER NOT NULL,
    UNIQUE (lab, code)
) STRICT;

CREATE TABLE guideline_draft (
    project BLOB NOT NULL PRIMARY KEY REFERENCES project (id),
    record  BLOB NOT NULL
) STRICT;

CREATE TABLE guideline_version (
    project      BLOB NOT NULL REFERENCES project (id),
    number       INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    published_by BLOB NOT NULL,
    PRIMARY KEY (project, number)
) STRICT;

-- questions: keyed marks of the questions it applies to; empty for all.
CREATE TABLE guideline_section (
    record    BLOB NOT NULL PRIMARY KEY,
    project   BLOB NOT NULL,
    version   INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    questions TEXT NOT NULL,
    UNIQUE (project, version, ordinal),
    FOREIGN KEY (project, version) REFERENCES guideline_version (project, number)
) STRICT;

CREATE TABLE form_version (
    project    BLOB NOT NULL REFERENCES project (id),
    number     INTEGER NOT NULL,
    record     BLOB NOT NULL,
    questions  TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, number)
) STRICT;

-- id is also the id of the record with file name, map and failure. state: 0 waiting 1 receiving 2 done 3 refused 4 interrupted 5 failed
CREATE TABLE import (
    id         BLOB NOT NULL PRIMARY KEY,
    project    BLOB NOT NULL REFERENCES project (id),
    state      INTEGER NOT NULL,
    bad_rows   INTEGER NOT NULL,
    rows       INTEGER NOT NULL,
    imported   INTEGER NOT NULL,
    bad        INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER
) STRICT;
CREATE INDEX import_project ON import (project, id);

-- Bad rows, sealed in runs.
CREATE TABLE import_report (
    import  BLOB NOT NULL REFERENCES import (id),
    ordinal INTEGER NOT NULL,
    record  BLOB NOT NULL,
    PRIMARY KEY (import, ordinal)
) STRICT;

-- id is also the id of its record. external: keyed fingerprint of the external id.
CREATE TABLE item (
    id       BLOB NOT NULL PRIMARY KEY,
    project  BLOB NOT NULL,
    import   BLOB NOT NULL,
    external BLOB,
    batch    BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX item_project ON item (project, id);
CREATE INDEX item_unbatched ON item (import, id) WHERE batch IS NULL;
CREATE UNIQUE INDEX item_external ON item (project, external) WHERE external IS NOT NULL;

-- id is also the id of the record with its name. state: 0 opening 1 open
CREATE TABLE batch (
    id                BLOB NOT NULL PRIMARY KEY,
    project           BLOB NOT NULL REFERENCES project (id),
    code              TEXT NOT NULL,
    overlap           INTEGER NOT NULL,
    guideline_version INTEGER NOT NULL,
    form_version      INTEGER NOT NULL,
    lease_seconds     INTEGER NOT NULL,
    held              INTEGER NOT NULL,
    state             INTEGER NOT NULL,
    items             INTEGER NOT NULL,
    opened_at         INTEGER NOT NULL,
    UNIQUE (project, code)
) STRICT;

-- One answer wanted. state: 0 open 1 leased 2 submitted 3 accepted 4 returned
-- No foreign keys: slots are made by the million, by one writer, from items and batches that are never deleted.
CREATE TABLE slot (
    id                 BLOB NOT NULL PRIMARY KEY,
    project            BLOB NOT NULL,
    batch              BLOB NOT NULL,
    item               BLOB NOT NULL,
    ordinal            INTEGER NOT NULL,
    flipped            INTEGER NOT NULL,
    guideline_version  INTEGER NOT NULL,
    form_version       INTEGER NOT NULL,
    state              INTEGER NOT NULL,
    holder             BLOB,
    lease_until        INTEGER,
    drafted            INTEGER NOT NULL,
    answer             BLOB,
    submitted_at       INTEGER,
    reviewer           BLOB,
    review_lease_until INTEGER,
    reason             BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_open ON slot (project, id) WHERE state = 0;
CREATE INDEX slot_lease ON slot (lease_until) WHERE state = 1;
CREATE INDEX slot_review ON slot (project, id) WHERE state = 2;
CREATE INDEX slot_person ON slot (project, holder, state) WHERE holder IS NOT NULL;
CREATE INDEX slot_item ON slot (item, ordinal);
-- The same item twice in one hand cannot be written.
CREATE UNIQUE INDEX slot_once ON slot (holder, item) WHERE holder IS NOT NULL;

-- Items that a person does not want to see again.
CREATE TABLE skip (
    person     BLOB NOT NULL,
    item       BLOB NOT NULL,
    reason     BLOB,
    skipped_at INTEGER NOT NULL,
    PRIMARY KEY (person, item)
) STRICT, WITHOUT ROWID;

-- Leases that ran out: their holders may still submit while a place is left.
CREATE TABLE lapse (
    slot      BLOB NOT NULL,
    person    BLOB NOT NULL,
    lapsed_at INTEGER NOT NULL,
    PRIMARY KEY (slot, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    slot   BLOB NOT NULL,
    person BLOB NOT NULL,
    project BLOB NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (slot, person)
) STRICT, WITHOUT ROWID;

-- Every submission that was accepted as such; the slot names the one that counts.
CREATE TABLE answer (
    submission   BLOB NOT NULL PRIMARY KEY,
    project      BLOB NOT NULL,
    slot         BLOB NOT NULL,
    person       BLOB NOT NULL,
    record       BLOB NOT NULL UNIQUE,
    submitted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_person ON answer (project, person, submitted_at);

CREATE TABLE review (
    id         BLOB NOT NULL PRIMARY KEY,
    project    BLOB NOT NULL,
    slot       BLOB NOT NULL,
    answer     BLOB NOT NULL,
    person     BLOB NOT NULL,
    reviewer   BLOB NOT NULL,
    accepted   INTEGER NOT NULL,
    reason     BLOB,
    decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_person ON review (project, person, decided_at);

-- id is also the id of the record with what the annotator wrote about an item.
CREATE TABLE report (
    id          BLOB NOT NULL PRIMARY KEY,
    project     BLOB NOT NULL,
    slot        BLOB NOT NULL,
    person      BLOB NOT NULL,
    reported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_project ON report (project, id);
