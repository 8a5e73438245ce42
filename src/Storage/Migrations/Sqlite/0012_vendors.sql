-- What is agreed with a vendor. record: the whole of it, sealed, as it is sent. What decides over admission is beside it.
-- answered: the revision that the vendor has answered; accepted: how. vendor_ends: from when on the vendor sends nobody.
CREATE TABLE vendor_terms (
    engagement    BLOB NOT NULL PRIMARY KEY REFERENCES engagement (id),
    lab           BLOB NOT NULL REFERENCES lab (id),
    peer          BLOB NOT NULL,
    record        BLOB NOT NULL,
    revision      INTEGER NOT NULL,
    told          INTEGER NOT NULL DEFAULT 0,
    keys          INTEGER NOT NULL DEFAULT 0,
    headcount     INTEGER NOT NULL,
    by_hand       INTEGER NOT NULL,
    training      INTEGER NOT NULL,
    agreements    TEXT NOT NULL,
    single_events INTEGER NOT NULL,
    ends          INTEGER,
    answered      INTEGER NOT NULL DEFAULT 0,
    accepted      INTEGER,
    vendor_ends   INTEGER,
    changed_at    INTEGER NOT NULL,
    changed_by    BLOB NOT NULL
) STRICT;
CREATE INDEX vendor_terms_lab ON vendor_terms (lab, engagement);
CREATE INDEX vendor_terms_peer ON vendor_terms (peer);

-- What a vendor is told of work. record: as it is sent. published: the revision that the vendor may have; told: has.
CREATE TABLE vendor_brief (
    id         BLOB NOT NULL PRIMARY KEY,
    engagement BLOB NOT NULL REFERENCES vendor_terms (engagement),
    record     BLOB NOT NULL,
    revision   INTEGER NOT NULL,
    published  INTEGER NOT NULL DEFAULT 0,
    told       INTEGER NOT NULL DEFAULT 0,
    open       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT;
CREATE INDEX vendor_brief_engagement ON vendor_brief (engagement, id);

-- A vendor's person at the lab. until: what the vendor vouches for them until.
CREATE TABLE admission (
    pseudonym   BLOB NOT NULL PRIMARY KEY,
    engagement  BLOB NOT NULL REFERENCES vendor_terms (engagement),
    role        INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    facts       TEXT NOT NULL,
    until       INTEGER NOT NULL,
    first_at    INTEGER NOT NULL,
    enrolled_at INTEGER,
    decided_at  INTEGER,
    decided_by  BLOB
) STRICT;
CREATE INDEX admission_engagement ON admission (engagement, state);
CREATE INDEX admission_until ON admission (until) WHERE state = 4;

-- How far a vendor has taken the work events of an engagement.
CREATE TABLE vendor_feed (
    engagement BLOB NOT NULL PRIMARY KEY REFERENCES vendor_terms (engagement),
    cursor     INTEGER NOT NULL DEFAULT 0,
    taken_at   INTEGER,
    failures   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The projects in which a vendor's lead may review.
CREATE TABLE project_grant (
    project    BLOB NOT NULL REFERENCES project (id),
    person     BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    granted_by BLOB NOT NULL,
    PRIMARY KEY (project, person)
) STRICT, WITHOUT ROWID;
