-- votes: 0 majority 1 all. since: the delivery whose changes this one holds. withdrawn: items of that one that have no accepted answer any more.
ALTER TABLE delivery ADD COLUMN votes smallint NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN since uuid;
ALTER TABLE delivery ADD COLUMN withdrawn bigint NOT NULL DEFAULT 0;

-- Batches that a delivery is restricted to; none: it has them all.
CREATE TABLE delivery_batch (
    delivery uuid NOT NULL REFERENCES delivery (id),
    batch    uuid NOT NULL,
    PRIMARY KEY (delivery, batch)
);

-- What each item's accepted answers were when a delivery was made. answers: SHA-256 of the ids of their records, in slot order.
CREATE TABLE delivered (
    delivery uuid NOT NULL REFERENCES delivery (id),
    item     uuid NOT NULL,
    answers  bytea NOT NULL,
    PRIMARY KEY (delivery, item)
);
