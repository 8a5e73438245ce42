-- The lab's name in addresses: with the node's name it is the origin of the lab's log. Null until it is next said.
ALTER TABLE lab ADD COLUMN slug TEXT;
CREATE UNIQUE INDEX lab_slug ON lab (slug);

-- Which of the lab's logs grows, from 1; more than one only where leaves were lost. Its origin is kept as it was signed.
ALTER TABLE ledger ADD COLUMN log INTEGER NOT NULL DEFAULT 1;
ALTER TABLE ledger ADD COLUMN origin TEXT;

CREATE TABLE log_key (
    lab     INTEGER PRIMARY KEY REFERENCES lab (number),
    wrapped BLOB NOT NULL,     -- the log's Ed25519 seed under the lab key
    public  BLOB NOT NULL
);

-- Logs that no longer grow. Their receipts have ids from number * 2^40; numbers are never those of a lab.
CREATE TABLE closed_log (
    number    INTEGER PRIMARY KEY,
    lab       INTEGER NOT NULL REFERENCES lab (number),
    log       INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    size      INTEGER NOT NULL,
    frontier  BLOB NOT NULL,
    closed_at INTEGER NOT NULL
);
