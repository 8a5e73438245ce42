-- Work for labs, as far as a vendor knows of it: ids, codes, states, counts and times. What a lab wrote is sealed: here are ids of records.

-- peer: the pairing it came by. node: the lab's node. revision: of the terms in force, 0 before the first; proposed: of those that wait for an answer.
-- state: 1 proposed 2 in force 3 declined 4 ended. cursor: number of the last event taken. ended_by: 1 lab 2 vendor.
CREATE TABLE engagement (
    id         uuid NOT NULL PRIMARY KEY,
    peer       uuid NOT NULL REFERENCES peer (id),
    node       uuid NOT NULL,
    lab        text NOT NULL,
    state      smallint NOT NULL,
    revision   bigint NOT NULL,
    proposed   bigint,
    cursor     bigint NOT NULL,
    created_at bigint NOT NULL,
    notice_at  bigint,
    ends_at    bigint,
    ended_by   smallint,
    end_reason smallint
);
CREATE INDEX engagement_peer ON engagement (peer);
CREATE INDEX engagement_ends_at ON engagement (ends_at) WHERE ends_at IS NOT NULL;

-- record: the terms as the lab sent them. agreements: JSON of code and version.
CREATE TABLE terms_revision (
    engagement  uuid NOT NULL REFERENCES engagement (id),
    revision    bigint NOT NULL,
    record      uuid NOT NULL,
    currency    text NOT NULL,
    headcount   integer NOT NULL,
    notice_days integer NOT NULL,
    pause_pay   integer NOT NULL,
    training    boolean NOT NULL,
    agreements  text NOT NULL,
    ends        bigint,
    received_at bigint NOT NULL,
    accepted    boolean,
    decided_at  bigint,
    decided_by  uuid,
    PRIMARY KEY (engagement, revision)
);

-- record: the brief as the lab sent it. mark: keyed fingerprint of programme and skills, by which work that is listed anew is known.
CREATE TABLE known_brief (
    id          uuid NOT NULL PRIMARY KEY,
    engagement  uuid NOT NULL REFERENCES engagement (id),
    revision    bigint NOT NULL,
    record      uuid NOT NULL,
    lineage     uuid,
    mark        bytea NOT NULL,
    open        boolean NOT NULL,
    places      integer NOT NULL,
    received_at bigint NOT NULL,
    changed_at  bigint NOT NULL
);
CREATE INDEX known_brief_engagement ON known_brief (engagement, id);
CREATE INDEX known_brief_lineage ON known_brief (lineage) WHERE lineage IS NOT NULL;
CREATE INDEX known_brief_mark ON known_brief (mark);

-- terms: JSON of what is asked of people. rates: JSON of what the vendor pays them, in minor units. listed: experts may ask for it themselves.
CREATE TABLE need (
    id         uuid NOT NULL PRIMARY KEY,
    engagement uuid NOT NULL REFERENCES engagement (id),
    brief      uuid NOT NULL REFERENCES known_brief (id),
    places     integer NOT NULL,
    currency   text NOT NULL,
    rates      text NOT NULL,
    week_hours integer NOT NULL,
    terms      text NOT NULL,
    listed     boolean NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL,
    closed_at  bigint
);
CREATE INDEX need_engagement ON need (engagement, id);
CREATE INDEX need_brief ON need (brief, id);
CREATE INDEX need_listed ON need (id) WHERE listed AND closed_at IS NULL;

-- earlier: JSON of what the same work paid when it was listed before. state: 1 open 2 accepted 3 declined 4 taken back.
CREATE TABLE offer (
    id          uuid NOT NULL PRIMARY KEY,
    need        uuid NOT NULL REFERENCES need (id),
    expert      uuid NOT NULL REFERENCES person (id),
    state       smallint NOT NULL,
    currency    text NOT NULL,
    rates       text NOT NULL,
    week_hours  integer NOT NULL,
    notice_days integer NOT NULL,
    pause_pay   integer NOT NULL,
    earlier     text,
    made_at     bigint NOT NULL,
    made_by     uuid NOT NULL,
    expires_at  bigint NOT NULL,
    answered_at bigint
);
CREATE UNIQUE INDEX offer_open ON offer (need, expert) WHERE state = 1;
CREATE INDEX offer_expert ON offer (expert, state, id);
CREATE INDEX offer_need ON offer (need, id);

-- The name under which one lab's node knows an expert. issued_at: of the last statement or withdrawal, in seconds since 1970.
CREATE TABLE lab_subject (
    expert    uuid NOT NULL REFERENCES person (id),
    node      uuid NOT NULL,
    lab       text NOT NULL,
    subject   text NOT NULL UNIQUE,
    issued_at bigint NOT NULL,
    PRIMARY KEY (expert, node, lab)
);

CREATE TABLE team (
    id         uuid NOT NULL PRIMARY KEY,
    engagement uuid NOT NULL REFERENCES engagement (id),
    code       text NOT NULL,
    created_at bigint NOT NULL,
    UNIQUE (engagement, code)
);

-- An expert on an engagement. pseudonym: what the lab's events call them. role: 1 expert 2 lead. renew_at: when a statement is due next; null: none is.
-- lapsed: JSON of what is not in order, while no statement is issued for it. lab_state, fault: the lab's answer to the last statement.
CREATE TABLE placement (
    id          uuid NOT NULL PRIMARY KEY,
    engagement  uuid NOT NULL REFERENCES engagement (id),
    need        uuid NOT NULL REFERENCES need (id),
    offer       uuid NOT NULL UNIQUE REFERENCES offer (id),
    expert      uuid NOT NULL REFERENCES person (id),
    subject     text NOT NULL,
    pseudonym   uuid NOT NULL,
    role        smallint NOT NULL,
    team        uuid REFERENCES team (id),
    week_hours  integer NOT NULL,
    started_at  bigint NOT NULL,
    renew_at    bigint,
    vouched_until bigint,
    lab_state   text,
    fault       text,
    lapsed      text,
    ended_at    bigint,
    ended_by    uuid,
    end_reason  smallint
);
CREATE UNIQUE INDEX placement_active ON placement (engagement, expert) WHERE ended_at IS NULL;
CREATE INDEX placement_engagement ON placement (engagement, id);
CREATE INDEX placement_pseudonym ON placement (engagement, pseudonym);
CREATE INDEX placement_expert ON placement (expert, id);
CREATE INDEX placement_need ON placement (need) WHERE ended_at IS NULL;
CREATE INDEX placement_renew_at ON placement (renew_at) WHERE renew_at IS NOT NULL;

CREATE TABLE issued_statement (
    id         uuid NOT NULL PRIMARY KEY,
    placement  uuid NOT NULL REFERENCES placement (id),
    jkt        text,
    issued_at  bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX issued_statement_placement ON issued_statement (placement, issued_at);

-- What a lab is still to be told. kind: 1 answer to terms 2 end of an engagement 3 withdrawal. status: HTTP, of the answer.
CREATE TABLE lab_message (
    id          uuid NOT NULL PRIMARY KEY,
    peer        uuid NOT NULL REFERENCES peer (id),
    kind        smallint NOT NULL,
    engagement  uuid NOT NULL REFERENCES engagement (id),
    revision    bigint,
    subject     text,
    reason      smallint,
    made_at     bigint NOT NULL,
    attempts    integer NOT NULL,
    next_at     bigint NOT NULL,
    answered_at bigint,
    status      integer
);
CREATE INDEX lab_message_due ON lab_message (next_at) WHERE answered_at IS NULL;

-- A lab's work events as they were taken. expert: null where the lab named nobody whom this vendor placed there.
-- type: of work 1 started 2 submitted 3 accepted 4 returned 5 expired 6 skipped 7 reading 8 question; 9 suspended 10 resumed 11 ended
-- 12 project paused 13 project resumed 14 project ended 15 a day's total 99 another.
CREATE TABLE received_event (
    engagement  uuid NOT NULL REFERENCES engagement (id),
    sequence    bigint NOT NULL,
    id          uuid NOT NULL,
    type        smallint NOT NULL,
    kind        smallint,
    expert      uuid,
    project     uuid,
    assignment  uuid,
    seconds     integer,
    reason      text,
    totals      text,
    at          bigint NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (engagement, sequence)
);
CREATE INDEX received_event_expert ON received_event (expert, engagement, sequence) WHERE expert IS NOT NULL;

-- Work that a lab has stopped. project: null where the whole engagement is. sequence: of the event that told of it.
CREATE TABLE stoppage (
    engagement uuid NOT NULL REFERENCES engagement (id),
    sequence   bigint NOT NULL,
    project    uuid,
    reason     text,
    since      bigint NOT NULL,
    ended_at   bigint,
    PRIMARY KEY (engagement, sequence)
);
CREATE INDEX stoppage_open ON stoppage (engagement) WHERE ended_at IS NULL;

-- What an expert is told of their placements. kind: 1 suspended 2 resumed 3 project paused 4 project resumed 5 project ended 6 engagement ended
-- 7 placement ended 8 not in order.
CREATE TABLE expert_notice (
    id         uuid NOT NULL PRIMARY KEY,
    expert     uuid NOT NULL REFERENCES person (id),
    kind       smallint NOT NULL,
    engagement uuid NOT NULL REFERENCES engagement (id),
    project    uuid,
    reason     text,
    at         bigint NOT NULL,
    read_at    bigint
);
CREATE INDEX expert_notice_expert ON expert_notice (expert, id);

-- Minutes that somebody is to work on a day of their own calendar.
CREATE TABLE planned_day (
    placement uuid NOT NULL REFERENCES placement (id),
    day       date NOT NULL,
    minutes   integer NOT NULL,
    PRIMARY KEY (placement, day)
);

-- Days of their own calendar on which an expert does not work, the first and the last.
CREATE TABLE time_off (
    id        uuid NOT NULL PRIMARY KEY,
    expert    uuid NOT NULL REFERENCES person (id),
    first_day date NOT NULL,
    last_day  date NOT NULL,
    made_at   bigint NOT NULL
);
CREATE INDEX time_off_expert ON time_off (expert, last_day);
