-- Work for labs, as far as a vendor knows of it: ids, codes, states, counts and times. What a lab wrote is sealed: here are ids of records.

-- peer: the pairing it came by. node: the lab's node. revision: of the terms in force, 0 before the first; proposed: of those that wait for an answer.
-- state: 1 proposed 2 in force 3 declined 4 ended. cursor: number of the last event taken. ended_by: 1 lab 2 vendor.
CREATE TABLE engagement (
    id         BLOB NOT NULL PRIMARY KEY,
    peer       BLOB NOT NULL REFERENCES peer (id),
    node       BLOB NOT NULL,
    lab        TEXT NOT NULL,
    state      INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    proposed   INTEGER,
    cursor     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    notice_at  INTEGER,
    ends_at    INTEGER,
    ended_by   INTEGER,
    end_reason INTEGER
) STRICT;
CREATE INDEX engagement_peer ON engagement (peer);
CREATE INDEX engagement_ends_at ON engagement (ends_at) WHERE ends_at IS NOT NULL;

-- record: the terms as the lab sent them. agreements: JSON of code and version.
CREATE TABLE terms_revision (
    engagement  BLOB NOT NULL REFERENCES engagement (id),
    revision    INTEGER NOT NULL,
    record      BLOB NOT NULL,
    currency    TEXT NOT NULL,
    headcount   INTEGER NOT NULL,
    notice_days INTEGER NOT NULL,
    pause_pay   INTEGER NOT NULL,
    training    INTEGER NOT NULL,
    agreements  TEXT NOT NULL,
    ends        INTEGER,
    received_at INTEGER NOT NULL,
    accepted    INTEGER,
    decided_at  INTEGER,
    decided_by  BLOB,
    PRIMARY KEY (engagement, revision)
) STRICT;

-- record: the brief as the lab sent it. mark: keyed fingerprint of programme and skills, by which work that is listed anew is known.
CREATE TABLE known_brief (
    id          BLOB NOT NULL PRIMARY KEY,
    engagement  BLOB NOT NULL REFERENCES engagement (id),
    revision    INTEGER NOT NULL,
    record      BLOB NOT NULL,
    lineage     BLOB,
    mark        BLOB NOT NULL,
    open        INTEGER NOT NULL,
    places      INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX known_brief_engagement ON known_brief (engagement, id);
CREATE INDEX known_brief_lineage ON known_brief (lineage) WHERE lineage IS NOT NULL;
CREATE INDEX known_brief_mark ON known_brief (mark);

-- terms: JSON of what is asked of people. rates: JSON of what the vendor pays them, in minor units. listed: experts may ask for it themselves.
CREATE TABLE need (
    id         BLOB NOT NULL PRIMARY KEY,
    engagement BLOB NOT NULL REFERENCES engagement (id),
    brief      BLOB NOT NULL REFERENCES known_brief (id),
    places     INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    rates      TEXT NOT NULL,
    week_hours INTEGER NOT NULL,
    terms      TEXT NOT NULL,
    listed     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    closed_at  INTEGER
) STRICT;
CREATE INDEX need_engagement ON need (engagement, id);
CREATE INDEX need_brief ON need (brief, id);
CREATE INDEX need_listed ON need (id) WHERE listed AND closed_at IS NULL;

-- earlier: JSON of what the same work paid when it was listed before. state: 1 open 2 accepted 3 declined 4 taken back.
CREATE TABLE offer (
    id          BLOB NOT NULL PRIMARY KEY,
    need        BLOB NOT NULL REFERENCES need (id),
    expert      BLOB NOT NULL REFERENCES person (id),
    state       INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    rates       TEXT NOT NULL,
    week_hours  INTEGER NOT NULL,
    notice_days INTEGER NOT NULL,
    pause_pay   INTEGER NOT NULL,
    earlier     TEXT,
    made_at     INTEGER NOT NULL,
    made_by     BLOB NOT NULL,
    expires_at  INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;
CREATE UNIQUE INDEX offer_open ON offer (need, expert) WHERE state = 1;
CREATE INDEX offer_expert ON offer (expert, state, id);
CREATE INDEX offer_need ON offer (need, id);

-- The name under which one lab's node knows an expert. issued_at: of the last statement or withdrawal, in seconds since 1970.
CREATE TABLE lab_subject (
    expert    BLOB NOT NULL REFERENCES person (id),
    node      BLOB NOT NULL,
    lab       TEXT NOT NULL,
    subject   TEXT NOT NULL UNIQUE,
    issued_at INTEGER NOT NULL,
    PRIMARY KEY (expert, node, lab)
) STRICT;

CREATE TABLE team (
    id         BLOB NOT NULL PRIMARY KEY,
    engagement BLOB NOT NULL REFERENCES engagement (id),
    code       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (engagement, code)
) STRICT;

-- An expert on an engagement. pseudonym: what the lab's events call them. role: 1 expert 2 lead. renew_at: when a statement is due next; null: none is.
-- lapsed: JSON of what is not in order, while no statement is issued for it. lab_state, fault: the lab's answer to the last statement.
CREATE TABLE placement (
    id          BLOB NOT NULL PRIMARY KEY,
    engagement  BLOB NOT NULL REFERENCES engagement (id),
    need        BLOB NOT NULL REFERENCES need (id),
    offer       BLOB NOT NULL UNIQUE REFERENCES offer (id),
    expert      BLOB NOT NULL REFERENCES person (id),
    subject     TEXT NOT NULL,
    pseudonym   BLOB NOT NULL,
    role        INTEGER NOT NULL,
    team        BLOB REFERENCES team (id),
    week_hours  INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    renew_at    INTEGER,
    vouched_until INTEGER,
    lab_state   TEXT,
    fault       TEXT,
    lapsed      TEXT,
    ended_at    INTEGER,
    ended_by    BLOB,
    end_reason  INTEGER
) STRICT;
CREATE UNIQUE INDEX placement_active ON placement (engagement, expert) WHERE ended_at IS NULL;
CREATE INDEX placement_engagement ON placement (engagement, id);
CREATE INDEX placement_pseudonym ON placement (engagement, pseudonym);
CREATE INDEX placement_expert ON placement (expert, id);
CREATE INDEX placement_need ON placement (need) WHERE ended_at IS NULL;
CREATE INDEX placement_renew_at ON placement (renew_at) WHERE renew_at IS NOT NULL;

CREATE TABLE issued_statement (
    id         BLOB NOT NULL PRIMARY KEY,
    placement  BLOB NOT NULL REFERENCES placement (id),
    jkt        TEXT,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX issued_statement_placement ON issued_statement (placement, issued_at);

-- What a lab is still to be told. kind: 1 answer to terms 2 end of an engagement 3 withdrawal. status: HTTP, of the answer.
CREATE TABLE lab_message (
    id          BLOB NOT NULL PRIMARY KEY,
    peer        BLOB NOT NULL REFERENCES peer (id),
    kind        INTEGER NOT NULL,
    engagement  BLOB NOT NULL REFERENCES engagement (id),
    revision    INTEGER,
    subject     TEXT,
    reason      INTEGER,
    made_at     INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    answered_at INTEGER,
    status      INTEGER
) STRICT;
CREATE INDEX lab_message_due ON lab_message (next_at) WHERE answered_at IS NULL;

-- A lab's work events as they were taken. expert: null where the lab named nobody whom this vendor placed there.
-- type: of work 1 started 2 submitted 3 accepted 4 returned 5 expired 6 skipped 7 reading 8 question; 9 suspended 10 resumed 11 ended
-- 12 project paused 13 project resumed 14 project ended 15 a day's total 99 another.
CREATE TABLE received_event (
    engagement  BLOB NOT NULL REFERENCES engagement (id),
    sequence    INTEGER NOT NULL,
    id          BLOB NOT NULL,
    type        INTEGER NOT NULL,
    kind        INTEGER,
    expert      BLOB,
    project     BLOB,
    assignment  BLOB,
    seconds     INTEGER,
    reason      TEXT,
    totals      TEXT,
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (engagement, sequence)
) STRICT;
CREATE INDEX received_event_expert ON received_event (expert, engagement, sequence) WHERE expert IS NOT NULL;

-- Work that a lab has stopped. project: null where the whole engagement is. sequence: of the event that told of it.
CREATE TABLE stoppage (
    engagement BLOB NOT NULL REFERENCES engagement (id),
    sequence   INTEGER NOT NULL,
    project    BLOB,
    reason     TEXT,
    since      INTEGER NOT NULL,
    ended_at   INTEGER,
    PRIMARY KEY (engagement, sequence)
) STRICT;
CREATE INDEX stoppage_open ON stoppage (engagement) WHERE ended_at IS NULL;

-- What an expert is told of their placements. kind: 1 suspended 2 resumed 3 project paused 4 project resumed 5 project ended 6 engagement ended
-- 7 placement ended 8 not in order.
CREATE TABLE expert_notice (
    id         BLOB NOT NULL PRIMARY KEY,
    expert     BLOB NOT NULL REFERENCES person (id),
    kind       INTEGER NOT NULL,
    engagement BLOB NOT NULL REFERENCES engagement (id),
    project    BLOB,
    reason     TEXT,
    at         INTEGER NOT NULL,
    read_at    INTEGER
) STRICT;
CREATE INDEX expert_notice_expert ON expert_notice (expert, id);

-- Minutes that somebody is to work on a day of their own calendar.
CREATE TABLE planned_day (
    placement BLOB NOT NULL REFERENCES placement (id),
    day       TEXT NOT NULL,
    minutes   INTEGER NOT NULL,
    PRIMARY KEY (placement, day)
) STRICT, WITHOUT ROWID;

-- Days of their own calendar on which an expert does not work, the first and the last.
CREATE TABLE time_off (
    id        BLOB NOT NULL PRIMARY KEY,
    expert    BLOB NOT NULL REFERENCES person (id),
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    made_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX time_off_expert ON time_off (expert, last_day);
