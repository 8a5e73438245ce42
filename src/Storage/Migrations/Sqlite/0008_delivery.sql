-- votes: 0 majority 1 all. since: the delivery whose changes this one holds. withdrawn: items of that one that have no accepted answer any more.
ALTER TABLE delivery ADD COLUMN votes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN since BLOB;
ALTER TABLE delivery ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

-- Batches that a delivery is restricted to; none: it has them all.
CREATE TABLE delivery_batch (
    delivery BLOB NOT NULL REFERENCES delivery (id),
    batch    BLOB NOT NULL,
    PRIMARY KEY (delivery, batch)
) STRICT, WITHOUT ROWID;

-- What each item's accepted answers were when a delivery was made. answers: SHA-256 of the ids of their records, in slot order.
CREATE TABLE delivered (
    delivery BLOB NOT NULL REFERENCES delivery (id),
    item     BLOB NOT NULL,
    answers  BLOB NOT NULL,
    PRIMARY KEY (delivery, item)
) STRICT, WITHOUT ROWID;
