-- Where receipts are looked up by what they name. Made from the receipts, in the background; nothing is ever told from it
-- alone. subject: a record, a process or an engagement; sequence: of the receipt that names it.
CREATE TABLE receipt_subject (
    lab      INTEGER NOT NULL,
    subject  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (lab, subject, sequence)
) WITHOUT ROWID;

-- Earliest and latest time in each block of 1,024 receipts.
CREATE TABLE receipt_span (
    lab      INTEGER NOT NULL,
    block    INTEGER NOT NULL,
    earliest INTEGER NOT NULL,
    latest   INTEGER NOT NULL,
    PRIMARY KEY (lab, block)
) WITHOUT ROWID;

-- Receipts below "indexed" are in the index; -1 while it is being emptied. "emptied" counts how often it was.
CREATE TABLE receipt_index (
    lab     INTEGER PRIMARY KEY,
    indexed INTEGER NOT NULL,
    emptied INTEGER NOT NULL
);

-- Which versions records are at, in one sealed sum (docs/decisions/0021).
ALTER TABLE ledger ADD COLUMN heads BLOB NOT NULL DEFAULT x'';
CREATE INDEX record_versions ON record (lab, id, version) WHERE version > 1;
