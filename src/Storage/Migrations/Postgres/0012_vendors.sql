-- What is agreed with a vendor. record: the whole of it, sealed, as it is sent. What decides over admission is beside it.
-- answered: the revision that the vendor has answered; accepted: how. vendor_ends: from when on the vendor sends nobody.
CREATE TABLE vendor_terms (
    engagement    uuid NOT NULL PRIMARY KEY REFERENCES engagement (id),
    lab           uuid NOT NULL REFERENCES lab (id),
    peer          uuid NOT NULL,
    record        uuid NOT NULL,
    revision      bigint NOT NULL,
    told          bigint NOT NULL DEFAULT 0,
    keys          bigint NOT NULL DEFAULT 0,
    headcount     integer NOT NULL,
    by_hand       boolean NOT NULL,
    training      boolean NOT NULL,
    agreements    text NOT NULL,
    single_events boolean NOT NULL,
    ends          bigint,
    answered      bigint NOT NULL DEFAULT 0,
    accepted      boolean,
    vendor_ends   bigint,
    changed_at    bigint NOT NULL,
    changed_by    uuid NOT NULL
);
CREATE INDEX vendor_terms_lab ON vendor_terms (lab, engagement);
CREATE INDEX vendor_terms_peer ON vendor_terms (peer);

-- What a vendor is told of work. record: as it is sent. published: the revision that the vendor may have; told: has.
CREATE TABLE vendor_brief (
    id         uuid NOT NULL PRIMARY KEY,
    engagement uuid NOT NULL REFERENCES vendor_terms (engagement),
    record     uuid NOT NULL,
    revision   bigint NOT NULL,
    published  bigint NOT NULL DEFAULT 0,
    told       bigint NOT NULL DEFAULT 0,
    open       boolean NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL
);
CREATE INDEX vendor_brief_engagement ON vendor_brief (engagement, id);

-- A vendor's person at the lab. until: what the vendor vouches for them until.
CREATE TABLE admission (
    pseudonym   uuid NOT NULL PRIMARY KEY,
    engagement  uuid NOT NULL REFERENCES vendor_terms (engagement),
    role        smallint NOT NULL,
    state       smallint NOT NULL,
    facts       text NOT NULL,
    until       bigint NOT NULL,
    first_at    bigint NOT NULL,
    enrolled_at bigint,
    decided_at  bigint,
    decided_by  uuid
);
CREATE INDEX admission_engagement ON admission (engagement, state);
CREATE INDEX admission_until ON admission (until) WHERE state = 4;

-- How far a vendor has taken the work events of an engagement.
CREATE TABLE vendor_feed (
    engagement uuid NOT NULL PRIMARY KEY REFERENCES vendor_terms (engagement),
    cursor     bigint NOT NULL DEFAULT 0,
    taken_at   bigint,
    failures   integer NOT NULL DEFAULT 0,
    next_at    bigint NOT NULL DEFAULT 0
);

-- The projects in which a vendor's lead may review.
CREATE TABLE project_grant (
    project    uuid NOT NULL REFERENCES project (id),
    person     uuid NOT NULL,
    granted_at bigint NOT NULL,
    granted_by uuid NOT NULL,
    PRIMARY KEY (project, person)
);
