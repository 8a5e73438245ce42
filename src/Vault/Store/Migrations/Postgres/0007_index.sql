-- Where receipts are looked up by what they name. Made from the receipts, in the background; nothing is ever told from it
-- alone. subject: a record, a process or an engagement; sequence: of the receipt that names it.
CREATE TABLE receipt_subject (
    lab      bigint NOT NULL,
    subject  uuid NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (lab, subject, sequence)
);

-- Earliest and latest time in each block of 1,024 receipts.
CREATE TABLE receipt_span (
    lab      bigint NOT NULL,
    block    bigint NOT NULL,
    earliest bigint NOT NULL,
    latest   bigint NOT NULL,
    PRIMARY KEY (lab, block)
);

-- Receipts below "indexed" are in the index; -1 while it is being emptied. "emptied" counts how often it was.
CREATE TABLE receipt_index (
    lab     bigint PRIMARY KEY,
    indexed bigint NOT NULL,
    emptied bigint NOT NULL
);

-- Which versions records are at, in one sealed sum (docs/decisions/0021).
ALTER TABLE ledger ADD COLUMN heads bytea NOT NULL DEFAULT '';
CREATE INDEX record_versions ON record (lab, id, version) WHERE version > 1;
