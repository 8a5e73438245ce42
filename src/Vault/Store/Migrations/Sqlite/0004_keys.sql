-- Who keeps a lab's root key, and which version of it wraps the lab key.
ALTER TABLE lab ADD COLUMN custodian TEXT NOT NULL DEFAULT 'file';
ALTER TABLE lab ADD COLUMN root TEXT NOT NULL DEFAULT '1';
ALTER TABLE lab ADD COLUMN keyed_at INTEGER NOT NULL DEFAULT 0;
UPDATE lab SET keyed_at = created_at;

-- Every version of root keys that a copy of this store may be wrapped under. Shredding destroys all but the newest.
CREATE TABLE root_key (
    lab       INTEGER NOT NULL REFERENCES lab (number),
    custodian TEXT NOT NULL,
    root      TEXT NOT NULL,
    condemned BLOB,                -- proposal that it is destroyed for
    gone_at   INTEGER,             -- set once the custodian has destroyed it
    PRIMARY KEY (lab, custodian, root)
) WITHOUT ROWID;
INSERT INTO root_key (lab, custodian, root) SELECT number, custodian, root FROM lab;

-- While a project is resealed it has two keys; records name theirs.
CREATE TABLE project_key_of_both (
    lab         INTEGER NOT NULL REFERENCES lab (number),
    project     BLOB NOT NULL,
    key         BLOB NOT NULL,
    wrapped     BLOB NOT NULL,     -- under the lab key
    fingerprint BLOB,              -- under the lab key; null: derived from the key
    retired     INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (lab, project, key)
) WITHOUT ROWID;
INSERT INTO project_key_of_both (lab, project, key, wrapped, created_at) SELECT lab, project, key, wrapped, created_at FROM project_key;
DROP TABLE project_key;
ALTER TABLE project_key_of_both RENAME TO project_key;
CREATE UNIQUE INDEX project_key_now ON project_key (lab, project) WHERE retired = 0;

-- An erased person who is met again gets a new key, for receipts from there on.
ALTER TABLE salt_key ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

CREATE TABLE recovery (
    lab        INTEGER PRIMARY KEY REFERENCES lab (number),
    public_key BLOB NOT NULL,
    wrapped    BLOB NOT NULL,      -- the lab key, to the public key
    shares     INTEGER NOT NULL,
    threshold  INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0, -- it was, and the ledger does not say so yet
    proof      BLOB NOT NULL       -- of the rest, under the lab key
);

CREATE TABLE proposal (
    id           BLOB PRIMARY KEY,
    lab          INTEGER NOT NULL REFERENCES lab (number),
    kind         INTEGER NOT NULL,
    subject      BLOB,
    policy       BLOB,
    proposer     BLOB NOT NULL,
    at           INTEGER NOT NULL,
    approver     BLOB,
    effective_at INTEGER,
    gone_at      INTEGER,
    state        INTEGER NOT NULL,
    receipt      INTEGER NOT NULL, -- of the last step
    proposed     INTEGER NOT NULL, -- sequence numbers of the receipts that it stands on
    approved     INTEGER
) WITHOUT ROWID;

-- Acts of proposals: shred, policy, propose, approve, withdraw, newLog.
CREATE INDEX receipt_proposal ON receipt (id) WHERE act IN (15, 17, 18, 19, 20, 21);
