-- Packages made for the lab. What lies in a package, and the key of its file, is a record of the vault with the same id.
-- state: 0 making 1 done 2 failed. recipient: public key that the package is encrypted to. problem: code of what went wrong.
CREATE TABLE delivery (
    id           uuid NOT NULL PRIMARY KEY,
    project      uuid NOT NULL REFERENCES project (id),
    shape        text NOT NULL,
    state        smallint NOT NULL,
    recipient    bytea,
    requested_by uuid NOT NULL,
    attempts     integer NOT NULL,
    items        bigint NOT NULL,
    taken        bigint NOT NULL,
    rows         bigint NOT NULL,
    ties         bigint NOT NULL,
    unfit        bigint NOT NULL,
    bytes        bigint NOT NULL,
    problem      text,
    requested_at bigint NOT NULL,
    ended_at     bigint
);
CREATE INDEX delivery_project ON delivery (project, id);
CREATE INDEX delivery_making ON delivery (id) WHERE state = 0;
