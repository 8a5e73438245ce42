-- Who keeps a lab's root key, and which version of it wraps the lab key.
ALTER TABLE lab ADD COLUMN custodian text NOT NULL DEFAULT 'file';
ALTER TABLE lab ADD COLUMN root text NOT NULL DEFAULT '1';
ALTER TABLE lab ADD COLUMN keyed_at bigint NOT NULL DEFAULT 0;
UPDATE lab SET keyed_at = created_at;

-- Every version of root keys that a copy of this store may be wrapped under. Shredding destroys all but the newest.
CREATE TABLE root_key (
    lab       bigint NOT NULL REFERENCES lab (number),
    custodian text NOT NULL,
    root      text NOT NULL,
    condemned uuid,                -- proposal that it is destroyed for
    gone_at   bigint,              -- set once the custodian has destroyed it
    PRIMARY KEY (lab, custodian, root)
);
INSERT INTO root_key (lab, custodian, root) SELECT number, custodian, root FROM lab;

-- While a project is resealed it has two keys; records name theirs.
ALTER TABLE project_key DROP CONSTRAINT project_key_pkey;
ALTER TABLE project_key ADD PRIMARY KEY (lab, project, key);
ALTER TABLE project_key ADD COLUMN fingerprint bytea;                  -- under the lab key; null: derived from the key
ALTER TABLE project_key ADD COLUMN retired bigint NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX project_key_now ON project_key (lab, project) WHERE retired = 0;

-- An erased person who is met again gets a new key, for receipts from there on.
ALTER TABLE salt_key ADD COLUMN since bigint NOT NULL DEFAULT 0;

CREATE TABLE recovery (
    lab        bigint PRIMARY KEY REFERENCES lab (number),
    public_key bytea NOT NULL,
    wrapped    bytea NOT NULL,     -- the lab key, to the public key
    shares     bigint NOT NULL,
    threshold  bigint NOT NULL,
    made_at    bigint NOT NULL,
    used       bigint NOT NULL DEFAULT 0, -- it was, and the ledger does not say so yet
    proof      bytea NOT NULL       -- of the rest, under the lab key
);

CREATE TABLE proposal (
    id           uuid PRIMARY KEY,
    lab          bigint NOT NULL REFERENCES lab (number),
    kind         bigint NOT NULL,
    subject      uuid,
    policy       bytea,
    proposer     uuid NOT NULL,
    at           bigint NOT NULL,
    approver     uuid,
    effective_at bigint,
    gone_at      bigint,
    state        bigint NOT NULL,
    receipt      bigint NOT NULL,  -- of the last step
    proposed     bigint NOT NULL,  -- sequence numbers of the receipts that it stands on
    approved     bigint
);

-- Acts of proposals: shred, policy, propose, approve, withdraw, newLog.
CREATE INDEX receipt_proposal ON receipt (id) WHERE act IN (15, 17, 18, 19, 20, 21);
