-- Times are UTC microseconds since 1970.
CREATE TABLE lab (
    number     bigint PRIMARY KEY,
    id         uuid NOT NULL UNIQUE,
    key        uuid NOT NULL,      -- id of the lab key
    wrapped    bytea NOT NULL,      -- the lab key under the lab's root key
    created_at bigint NOT NULL
);

CREATE TABLE project_key (
    lab        bigint NOT NULL REFERENCES lab (number),
    project    uuid NOT NULL,
    key        uuid NOT NULL,
    wrapped    bytea NOT NULL,      -- under the lab key
    created_at bigint NOT NULL,
    PRIMARY KEY (lab, project)
);

-- One key per person: destroying it makes that person's commitments meaningless.
CREATE TABLE salt_key (
    lab       bigint NOT NULL REFERENCES lab (number),
    principal uuid NOT NULL,
    wrapped   bytea NOT NULL,
    PRIMARY KEY (lab, principal)
);

-- The head of every record.
CREATE TABLE record (
    id         uuid PRIMARY KEY,
    lab        bigint NOT NULL REFERENCES lab (number),
    project    uuid NOT NULL,
    kind       bigint NOT NULL,
    version    bigint NOT NULL,
    key        uuid NOT NULL,
    content_id bytea NOT NULL,
    bytes      bigint NOT NULL,
    sealed_at  bigint NOT NULL,
    sealed     bytea NOT NULL
);
CREATE INDEX record_secret ON record (lab, project) WHERE kind = 12;

CREATE TABLE record_history (
    id         uuid NOT NULL,
    version    bigint NOT NULL,
    key        uuid NOT NULL,
    content_id bytea NOT NULL,
    bytes      bigint NOT NULL,
    sealed_at  bigint NOT NULL,
    sealed     bytea NOT NULL,
    PRIMARY KEY (id, version)
);

-- Which version of a record a principal was last handed, and under which receipt.
CREATE TABLE disclosed (
    record    uuid NOT NULL,
    principal uuid NOT NULL,
    version   bigint NOT NULL,
    receipt   bigint NOT NULL,
    PRIMARY KEY (record, principal)
);

-- id = lab number * 2^40 + sequence.
CREATE TABLE receipt (
    id          bigint PRIMARY KEY,
    time        bigint NOT NULL,
    act         bigint NOT NULL,
    project     uuid NOT NULL,
    principal   uuid NOT NULL,
    first_reads bigint NOT NULL,
    what        bytea NOT NULL,
    who         bytea NOT NULL,
    leaf        bytea NOT NULL
);
CREATE INDEX receipt_project ON receipt (project, id);
CREATE INDEX receipt_principal ON receipt (principal, id);

-- Size and frontier of each lab's tree. Every commit moves it on from the size it read: a second writer is found out.
CREATE TABLE ledger (
    lab      bigint PRIMARY KEY REFERENCES lab (number),
    size     bigint NOT NULL,
    frontier bytea NOT NULL
);

CREATE TABLE suspension (
    id              uuid PRIMARY KEY,
    lab             bigint NOT NULL REFERENCES lab (number),
    scope_kind      bigint NOT NULL,
    scope_id        uuid NOT NULL,
    reason          bigint NOT NULL,
    since           bigint NOT NULL,
    until           bigint,
    receipt         bigint NOT NULL,
    last_disclosure bigint,
    ended_at        bigint
);
