-- What counts of people, keys and engagements. kind: 1 terms 2 person 3 key; id: engagement, pseudonym, key. content: JSON.
-- version: the newest row of a lab has the highest; the lab's ledger binds which versions rows are at. mac: under a key of the lab's.
CREATE TABLE attestation (
    lab     bigint NOT NULL REFERENCES lab (number),
    kind    bigint NOT NULL,
    id      uuid NOT NULL,
    version bigint NOT NULL,
    content bytea NOT NULL,
    mac     bytea NOT NULL,
    PRIMARY KEY (lab, kind, id)
);
CREATE INDEX attestation_version ON attestation (lab, version);

-- Nonces that were used, until they are too old to be. They begin with their time.
CREATE TABLE used_nonce (
    lab   bigint NOT NULL REFERENCES lab (number),
    nonce bytea NOT NULL,
    PRIMARY KEY (lab, nonce)
);
