-- Ids are UUIDs; times are UTC microseconds since 1970.
-- Nothing confidential lies here: names, texts, file names, external ids and answers are records of the vault.

CREATE TABLE lab (
    id         uuid NOT NULL PRIMARY KEY,
    slug       text NOT NULL UNIQUE,
    created_at bigint NOT NULL
);

CREATE TABLE member (
    lab        uuid NOT NULL REFERENCES lab (id),
    account    uuid NOT NULL,
    name       text NOT NULL,
    role       smallint NOT NULL,
    pseudonym  uuid NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    left_at    bigint,
    PRIMARY KEY (lab, account)
);
CREATE INDEX member_account ON member (account);

-- id is also the vault's project and the id of the record with name and description.
CREATE TABLE project (
    id         uuid NOT NULL PRIMARY KEY,
    lab        uuid NOT NULL REFERENCES lab (id),
    code       text NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL,
    swept_at   bigint NOT NULL,
    UNIQUE (lab, code)
);

CREATE TABLE guideline_draft (
    project uuid NOT NULL PRIMARY KEY REFERENCES project (id),
    record  uuid NOT NULL
);

CREATE TABLE guideline_version (
    project      uuid NOT NULL REFERENCES project (id),
    number       integer NOT NULL,
    published_at bigint NOT NULL,
    published_by uuid NOT NULL,
    PRIMARY KEY (project, number)
);

-- questions: keyed marks of the questions it applies to; empty for all.
CREATE TABLE guideline_section (
    record    uuid NOT NULL PRIMARY KEY,
    project   uuid NOT NULL,
    version   integer NOT NULL,
    ordinal   integer NOT NULL,
    questions text NOT NULL,
    UNIQUE (project, version, ordinal),
    FOREIGN KEY (project, version) REFERENCES guideline_version (project, number)
);

CREATE TABLE form_version (
    project    uuid NOT NULL REFERENCES project (id),
    number     integer NOT NULL,
    record     uuid NOT NULL,
    questions  text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (project, number)
);

-- id is also the id of the record with file name, map and failure. state: 0 waiting 1 receiving 2 done 3 refused 4 interrupted 5 failed
CREATE TABLE import (
    id         uuid NOT NULL PRIMARY KEY,
    project    uuid NOT NULL REFERENCES project (id),
    state      smallint NOT NULL,
    bad_rows   smallint NOT NULL,
    rows       bigint NOT NULL,
    imported   bigint NOT NULL,
    bad        bigint NOT NULL,
    bytes      bigint NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL,
    started_at bigint,
    ended_at   bigint
);
CREATE INDEX import_project ON import (project, id);

-- Bad rows, sealed in runs.
CREATE TABLE import_report (
    import  uuid NOT NULL REFERENCES import (id),
    ordinal integer NOT NULL,
    record  uuid NOT NULL,
    PRIMARY KEY (import, ordinal)
);

-- id is also the id of its record. external: keyed fingerprint of the external id.
CREATE TABLE item (
    id       uuid NOT NULL PRIMARY KEY,
    project  uuid NOT NULL,
    import   uuid NOT NULL,
    external bytea,
    batch    uuid
);
CREATE INDEX item_project ON item (project, id);
CREATE INDEX item_unbatched ON item (import, id) WHERE batch IS NULL;
CREATE UNIQUE INDEX item_external ON item (project, external) WHERE external IS NOT NULL;

-- id is also the id of the record with its name. state: 0 opening 1 open
CREATE TABLE batch (
    id                uuid NOT NULL PRIMARY KEY,
    project           uuid NOT NULL REFERENCES project (id),
    code              text NOT NULL,
    overlap           integer NOT NULL,
    guideline_version integer NOT NULL,
    form_version      integer NOT NULL,
    lease_seconds     integer NOT NULL,
    held              integer NOT NULL,
    state             smallint NOT NULL,
    items             bigint NOT NULL,
    opened_at         bigint NOT NULL,
    UNIQUE (project, code)
);

-- One answer wanted. state: 0 open 1 leased 2 submitted 3 accepted 4 returned
-- No foreign keys: slots are made by the million, by one writer, from items and batches that are never deleted.
CREATE TABLE slot (
    id                 uuid NOT NULL PRIMARY KEY,
    project            uuid NOT NULL,
    batch              uuid NOT NULL,
    item               uuid NOT NULL,
    ordinal            integer NOT NULL,
    flipped            boolean NOT NULL,
    guideline_version  integer NOT NULL,
    form_version       integer NOT NULL,
    state              smallint NOT NULL,
    holder             uuid,
    lease_until        bigint,
    drafted            boolean NOT NULL,
    answer             uuid,
    submitted_at       bigint,
    reviewer           uuid,
    review_lease_until bigint,
    reason             uuid
);
CREATE INDEX slot_open ON slot (project, id) WHERE state = 0;
CREATE INDEX slot_lease ON slot (lease_until) WHERE state = 1;
CREATE INDEX slot_review ON slot (project, id) WHERE state = 2;
CREATE INDEX slot_person ON slot (project, holder, state) WHERE holder IS NOT NULL;
CREATE INDEX slot_item ON slot (item, ordinal);
-- The same item twice in one hand cannot be written.
CREATE UNIQUE INDEX slot_once ON slot (holder, item) WHERE holder IS NOT NULL;

-- Items that a person does not want to see again.
CREATE TABLE skip (
    person     uuid NOT NULL,
    item       uuid NOT NULL,
    reason     uuid,
    skipped_at bigint NOT NULL,
    PRIMARY KEY (person, item)
);

-- Leases that ran out: their holders may still submit while a place is left.
CREATE TABLE lapse (
    slot      uuid NOT NULL,
    person    uuid NOT NULL,
    lapsed_at bigint NOT NULL,
    PRIMARY KEY (slot, person)
);

CREATE TABLE draft (
    slot   uuid NOT NULL,
    person uuid NOT NULL,
    project uuid NOT NULL,
    record uuid NOT NULL,
    PRIMARY KEY (slot, person)
);

-- Every submission that was accepted as such; the slot names the one that counts.
CREATE TABLE answer (
    submission   uuid NOT NULL PRIMARY KEY,
    project      uuid NOT NULL,
    slot         uuid NOT NULL,
    person       uuid NOT NULL,
    record       uuid NOT NULL UNIQUE,
    submitted_at bigint NOT NULL
);
CREATE INDEX answer_person ON answer (project, person, submitted_at);

CREATE TABLE review (
    id         uuid NOT NULL PRIMARY KEY,
    project    uuid NOT NULL,
    slot       uuid NOT NULL,
    answer     uuid NOT NULL,
    person     uuid NOT NULL,
    reviewer   uuid NOT NULL,
    accepted   boolean NOT NULL,
    reason     uuid,
    decided_at bigint NOT NULL
);
CREATE INDEX review_person ON review (project, person, decided_at);

-- id is also the id of the record with what the annotator wrote about an item.
CREATE TABLE report (
    id          uuid NOT NULL PRIMARY KEY,
    project     uuid NOT NULL,
    slot        uuid NOT NULL,
    person      uuid NOT NULL,
    reported_at bigint NOT NULL
);
CREATE INDEX report_project ON report (project, id);
