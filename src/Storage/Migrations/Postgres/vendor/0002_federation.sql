-- A pairing with another node. id: of the pairing, the same on both sides. owner: whose it is here: a lab, or the vendor.
-- node: the other node's peer id. lab: slug, at the lab's node, of the lab that it is about. keys: its public keys, as JSON.
-- told: the version of this node's keys that the other one knows. fingerprint: empty until the node that began has shown its salt;
-- unrevealed: until then this node's salt (16 bytes) and the hash of the other one's (32). Who did it is null where it was the other side.
CREATE TABLE peer (
    id                uuid NOT NULL PRIMARY KEY,
    owner             uuid NOT NULL,
    node              uuid NOT NULL,
    lab               text NOT NULL,
    name              text NOT NULL,
    address           text NOT NULL,
    keys              text NOT NULL,
    told              bigint NOT NULL,
    fingerprint       text NOT NULL,
    unrevealed        bytea,
    created_at        bigint NOT NULL,
    created_by        uuid,
    confirmed_at      bigint,
    confirmed_by      uuid,
    they_confirmed_at bigint,
    ended_at          bigint,
    ended_by          uuid
);
CREATE INDEX peer_owner ON peer (owner, id);

-- Requests of a peer that were taken, so that none is taken twice.
CREATE TABLE peer_nonce (
    peer  uuid NOT NULL,
    nonce bytea NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (peer, nonce)
);
CREATE INDEX peer_nonce_until ON peer_nonce (until);
