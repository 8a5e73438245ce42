-- Packages made for the lab. What lies in a package, and the key of its file, is a record of the vault with the same id.
-- state: 0 making 1 done 2 failed. recipient: public key that the package is encrypted to. problem: code of what went wrong.
CREATE TABLE delivery (
    id           BLOB NOT NULL PRIMARY KEY,
    project      BLOB NOT NULL REFERENCES project (id),
    shape        TEXT NOT NULL,
    state        INTEGER NOT NULL,
    recipient    BLOB,
    requested_by BLOB NOT NULL,
    attempts     INTEGER NOT NULL,
    items        INTEGER NOT NULL,
    taken        INTEGER NOT NULL,
    rows         INTEGER NOT NULL,
    ties         INTEGER NOT NULL,
    unfit        INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    problem      TEXT,
    requested_at INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT;
CREATE INDEX delivery_project ON delivery (project, id);
CREATE INDEX delivery_making ON delivery (id) WHERE state = 0;
