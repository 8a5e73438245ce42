-- A record's own weight: u16 and 16 bytes of an HMAC over record, version and weight; null where it weighs what its kind does.
ALTER TABLE record ADD COLUMN weight bytea;
-- Kinds 2, 3, 4, 13: draft and sections of guidelines, forms, known answers.
CREATE INDEX record_methodology ON record (lab, project) WHERE kind IN (2, 3, 4, 13);

-- Canonical bytes of every policy a lab has set, by their SHA-256. Which is in force, the newest receipt says.
CREATE TABLE policy (
    lab   bigint NOT NULL REFERENCES lab (number),
    hash  bytea NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (lab, hash)
);

-- What was spent. kind: 1 person 2 engagement 3 process 4 host. hour: since 1970, that spent is of. mac: under a key of the lab's.
CREATE TABLE budget_use (
    lab     bigint NOT NULL REFERENCES lab (number),
    kind    bigint NOT NULL,
    subject uuid NOT NULL,
    name    text,
    hour    bigint NOT NULL,
    spent   bigint NOT NULL,
    total   bigint NOT NULL,
    mac     bytea NOT NULL,
    PRIMARY KEY (lab, kind, subject)
);

-- Which engagement (kind 2) and host (kind 4) were handed which part of a methodology.
CREATE TABLE shown (
    record  uuid NOT NULL,
    kind    bigint NOT NULL,
    subject uuid NOT NULL,
    PRIMARY KEY (record, kind, subject)
);
