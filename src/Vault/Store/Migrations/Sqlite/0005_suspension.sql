ALTER TABLE suspension ADD COLUMN by_principal BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE suspension ADD COLUMN drill INTEGER NOT NULL DEFAULT 0;

-- token: goes up whenever another process takes a lab's ledger up, and is checked in every commit.
-- epoch: of control, when this lab's was last changed.
ALTER TABLE ledger ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- Goes up with every act that changes what may be disclosed, in any lab.
CREATE TABLE control (
    epoch INTEGER NOT NULL
);
INSERT INTO control (epoch) VALUES (0);

-- Of scopes that no index of receipts finds: the last receipt of a disclosure in each.
CREATE TABLE last_disclosure (
    lab        INTEGER NOT NULL,
    scope_kind INTEGER NOT NULL,
    scope_id   BLOB NOT NULL,
    receipt    INTEGER NOT NULL,
    PRIMARY KEY (lab, scope_kind, scope_id)
) WITHOUT ROWID;
INSERT INTO last_disclosure SELECT id >> 40, 6, x'00000000000000000000000000000000', max(id) FROM receipt WHERE act = 3 GROUP BY id >> 40;

-- And act 18, propose: who was the first of two to lift one.
DROP INDEX receipt_suspension;
CREATE INDEX receipt_suspension ON receipt (id) WHERE act IN (6, 7, 18);
