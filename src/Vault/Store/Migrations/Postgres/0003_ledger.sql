-- The lab's name in addresses: with the node's name it is the origin of the lab's log. Null until it is next said.
ALTER TABLE lab ADD COLUMN slug text;
CREATE UNIQUE INDEX lab_slug ON lab (slug);

-- Which of the lab's logs grows, from 1; more than one only where leaves were lost. Its origin is kept as it was signed.
ALTER TABLE ledger ADD COLUMN log bigint NOT NULL DEFAULT 1;
ALTER TABLE ledger ADD COLUMN origin text;

CREATE TABLE log_key (
    lab     bigint PRIMARY KEY REFERENCES lab (number),
    wrapped bytea NOT NULL,     -- the log's Ed25519 seed under the lab key
    public  bytea NOT NULL
);

-- Logs that no longer grow. Their receipts have ids from number * 2^40; numbers are never those of a lab.
CREATE TABLE closed_log (
    number    bigint PRIMARY KEY,
    lab       bigint NOT NULL REFERENCES lab (number),
    log       bigint NOT NULL,
    origin    text NOT NULL,
    size      bigint NOT NULL,
    frontier  bytea NOT NULL,
    closed_at bigint NOT NULL
);
