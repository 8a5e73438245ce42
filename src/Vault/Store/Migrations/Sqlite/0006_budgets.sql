-- A record's own weight: u16 and 16 bytes of an HMAC over record, version and weight; null where it weighs what its kind does.
ALTER TABLE record ADD COLUMN weight BLOB;
-- Kinds 2, 3, 4, 13: draft and sections of guidelines, forms, known answers.
CREATE INDEX record_methodology ON record (lab, project) WHERE kind IN (2, 3, 4, 13);

-- Canonical bytes of every policy a lab has set, by their SHA-256. Which is in force, the newest receipt says.
CREATE TABLE policy (
    lab   INTEGER NOT NULL REFERENCES lab (number),
    hash  BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (lab, hash)
) WITHOUT ROWID;

-- What was spent. kind: 1 person 2 engagement 3 process 4 host. hour: since 1970, that spent is of. mac: under a key of the lab's.
CREATE TABLE budget_use (
    lab     INTEGER NOT NULL REFERENCES lab (number),
    kind    INTEGER NOT NULL,
    subject BLOB NOT NULL,
    name    TEXT,
    hour    INTEGER NOT NULL,
    spent   INTEGER NOT NULL,
    total   INTEGER NOT NULL,
    mac     BLOB NOT NULL,
    PRIMARY KEY (lab, kind, subject)
) WITHOUT ROWID;

-- Which engagement (kind 2) and host (kind 4) were handed which part of a methodology.
CREATE TABLE shown (
    record  BLOB NOT NULL,
    kind    INTEGER NOT NULL,
    subject BLOB NOT NULL,
    PRIMARY KEY (record, kind, subject)
) WITHOUT ROWID;
