ALTER TABLE suspension ADD COLUMN by_principal uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE suspension ADD COLUMN drill bigint NOT NULL DEFAULT 0;

-- token: goes up whenever another process takes a lab's ledger up, and is checked in every commit.
-- epoch: of control, when this lab's was last changed.
ALTER TABLE ledger ADD COLUMN token bigint NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN epoch bigint NOT NULL DEFAULT 0;

-- Goes up with every act that changes what may be disclosed, in any lab.
CREATE TABLE control (
    epoch bigint NOT NULL
);
INSERT INTO control (epoch) VALUES (0);

-- Of scopes that no index of receipts finds: the last receipt of a disclosure in each.
CREATE TABLE last_disclosure (
    lab        bigint NOT NULL,
    scope_kind bigint NOT NULL,
    scope_id   uuid NOT NULL,
    receipt    bigint NOT NULL,
    PRIMARY KEY (lab, scope_kind, scope_id)
);
INSERT INTO last_disclosure SELECT id >> 40, 6, '00000000-0000-0000-0000-000000000000', max(id) FROM receipt WHERE act = 3 GROUP BY id >> 40;

-- And act 18, propose: who was the first of two to lift one.
DROP INDEX receipt_suspension;
CREATE INDEX receipt_suspension ON receipt (id) WHERE act IN (6, 7, 18);

-- Vault processes that may hand out until their lease ends, by this server's clock.
CREATE TABLE vault_process (
    id          uuid PRIMARY KEY,
    lease_until timestamptz NOT NULL,
    acked       bigint NOT NULL,   -- epoch of control that it goes by
    in_flight   bigint[] NOT NULL  -- receipts that it handed out in the two seconds before, in scopes suspended since
);
