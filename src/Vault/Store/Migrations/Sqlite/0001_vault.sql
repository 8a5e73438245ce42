-- Ids are 16 big-endian bytes; times are UTC microseconds since 1970.
CREATE TABLE lab (
    number     INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    key        BLOB NOT NULL,      -- id of the lab key
    wrapped    BLOB NOT NULL,      -- the lab key under the lab's root key
    created_at INTEGER NOT NULL
);

CREATE TABLE project_key (
    lab        INTEGER NOT NULL REFERENCES lab (number),
    project    BLOB NOT NULL,
    key        BLOB NOT NULL,
    wrapped    BLOB NOT NULL,      -- under the lab key
    created_at INTEGER NOT NULL,
    PRIMARY KEY (lab, project)
) WITHOUT ROWID;

-- One key per person: destroying it makes that person's commitments meaningless.
CREATE TABLE salt_key (
    lab       INTEGER NOT NULL REFERENCES lab (number),
    principal BLOB NOT NULL,
    wrapped   BLOB NOT NULL,
    PRIMARY KEY (lab, principal)
) WITHOUT ROWID;

-- The head of every record.
CREATE TABLE record (
    id         BLOB PRIMARY KEY,
    lab        INTEGER NOT NULL REFERENCES lab (number),
    project    BLOB NOT NULL,
    kind       INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    key        BLOB NOT NULL,
    content_id BLOB NOT NULL,
    bytes      INTEGER NOT NULL,
    sealed_at  INTEGER NOT NULL,
    sealed     BLOB NOT NULL
);
CREATE INDEX record_secret ON record (lab, project) WHERE kind = 12;

CREATE TABLE record_history (
    id         BLOB NOT NULL,
    version    INTEGER NOT NULL,
    key        BLOB NOT NULL,
    content_id BLOB NOT NULL,
    bytes      INTEGER NOT NULL,
    sealed_at  INTEGER NOT NULL,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (id, version)
);

-- Which version of a record a principal was last handed, and under which receipt.
CREATE TABLE disclosed (
    record    BLOB NOT NULL,
    principal BLOB NOT NULL,
    version   INTEGER NOT NULL,
    receipt   INTEGER NOT NULL,
    PRIMARY KEY (record, principal)
) WITHOUT ROWID;

-- id = lab number * 2^40 + sequence.
CREATE TABLE receipt (
    id          INTEGER PRIMARY KEY,
    time        INTEGER NOT NULL,
    act         INTEGER NOT NULL,
    project     BLOB NOT NULL,
    principal   BLOB NOT NULL,
    first_reads INTEGER NOT NULL,
    what        BLOB NOT NULL,
    who         BLOB NOT NULL,
    leaf        BLOB NOT NULL
);
CREATE INDEX receipt_project ON receipt (project);
CREATE INDEX receipt_principal ON receipt (principal);

-- Size and frontier of each lab's tree. Every commit moves it on from the size it read: a second writer is found out.
CREATE TABLE ledger (
    lab      INTEGER PRIMARY KEY REFERENCES lab (number),
    size     INTEGER NOT NULL,
    frontier BLOB NOT NULL
);

CREATE TABLE suspension (
    id              BLOB PRIMARY KEY,
    lab             INTEGER NOT NULL REFERENCES lab (number),
    scope_kind      INTEGER NOT NULL,
    scope_id        BLOB NOT NULL,
    reason          INTEGER NOT NULL,
    since           INTEGER NOT NULL,
    until           INTEGER,
    receipt         INTEGER NOT NULL,
    last_disclosure INTEGER,
    ended_at        INTEGER
);
