-- A pairing with another node. id: of the pairing, the same on both sides. owner: whose it is here: a lab, or the vendor.
-- node: the other node's peer id. lab: slug, at the lab's node, of the lab that it is about. keys: its public keys, as JSON.
-- told: the version of this node's keys that the other one knows. fingerprint: empty until the node that began has shown its salt;
-- unrevealed: until then this node's salt (16 bytes) and the hash of the other one's (32). Who did it is null where it was the other side.
CREATE TABLE peer (
    id                BLOB NOT NULL PRIMARY KEY,
    owner             BLOB NOT NULL,
    node              BLOB NOT NULL,
    lab               TEXT NOT NULL,
    name              TEXT NOT NULL,
    address           TEXT NOT NULL,
    keys              TEXT NOT NULL,
    told              INTEGER NOT NULL,
    fingerprint       TEXT NOT NULL,
    unrevealed        BLOB,
    created_at        INTEGER NOT NULL,
    created_by        BLOB,
    confirmed_at      INTEGER,
    confirmed_by      BLOB,
    they_confirmed_at INTEGER,
    ended_at          INTEGER,
    ended_by          BLOB
) STRICT;
CREATE INDEX peer_owner ON peer (owner, id);

-- Requests of a peer that were taken, so that none is taken twice.
CREATE TABLE peer_nonce (
    peer  BLOB NOT NULL,
    nonce BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (peer, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX peer_nonce_until ON peer_nonce (until);
