-- A batch judged on a sample. id is also the id of the record that fixes the sample, number counts the rounds of a batch.
-- state: 0 drawn 1 accepted 2 partly 3 rejected. settled: everything that the decision gives back has been given back.
CREATE TABLE acceptance (
    id         uuid NOT NULL PRIMARY KEY,
    project    uuid NOT NULL,
    batch      uuid NOT NULL REFERENCES batch (id),
    number     integer NOT NULL,
    state      smallint NOT NULL,
    population bigint NOT NULL,
    sample     integer NOT NULL,
    drawn_at   bigint NOT NULL,
    drawn_by   uuid NOT NULL,
    decided_at bigint,
    decided_by uuid,
    reason     uuid,
    settled    boolean NOT NULL,
    UNIQUE (batch, number)
);
CREATE INDEX acceptance_project ON acceptance (project, id);
-- One at a time.
CREATE UNIQUE INDEX acceptance_drawn ON acceptance (batch) WHERE state = 0;
CREATE INDEX acceptance_unsettled ON acceptance (id) WHERE NOT settled;

-- verdict: 0 none 1 fit 2 defect. judge: who has it in hand until judge_until, and who judged it then.
CREATE TABLE acceptance_sample (
    acceptance  uuid NOT NULL,
    ordinal     integer NOT NULL,
    slot        uuid NOT NULL,
    answer      uuid NOT NULL,
    verdict     smallint NOT NULL,
    reason      uuid,
    evidence    uuid,
    judge       uuid,
    judge_until bigint,
    PRIMARY KEY (acceptance, ordinal),
    UNIQUE (acceptance, slot)
);

-- People all of whose answers a partial acceptance gives back.
CREATE TABLE acceptance_person (
    acceptance uuid NOT NULL,
    person     uuid NOT NULL,
    PRIMARY KEY (acceptance, person)
);

-- What a batch is judged on, and given back from; touched where an answer is accepted, and by no lease.
CREATE INDEX slot_accepted ON slot (batch, id) WHERE state = 3 AND gold = FALSE;

-- Somebody's objection to a decision against their work. id is also the id of the record with their words.
-- state: 0 open 1 upheld 2 dismissed
CREATE TABLE appeal (
    id         uuid NOT NULL PRIMARY KEY,
    project    uuid NOT NULL,
    slot       uuid NOT NULL,
    answer     uuid NOT NULL,
    review     uuid NOT NULL UNIQUE,
    person     uuid NOT NULL,
    reviewer   uuid NOT NULL,
    state      smallint NOT NULL,
    made_at    bigint NOT NULL,
    decided_at bigint,
    decided_by uuid,
    reason     uuid
);
CREATE INDEX appeal_project ON appeal (project, id);
-- The last decision on an answer, and figures, without the rows.
CREATE INDEX review_answer ON review (project, answer, id);
DROP INDEX review_person;
CREATE INDEX review_person ON review (project, person, decided_at, decision);
-- Answers to known items, and those that a reviewer put in another's place: few, and counted apart.
CREATE INDEX answer_apart ON answer (project) WHERE correct IS NOT NULL OR corrects IS NOT NULL;

-- A scan of answers for which side people chose. id is also the id of the record with what it found.
-- state: 0 running 1 done 2 cancelled 3 failed
CREATE TABLE bias_scan (
    id           uuid NOT NULL PRIMARY KEY,
    project      uuid NOT NULL REFERENCES project (id),
    state        smallint NOT NULL,
    scanned      bigint NOT NULL,
    total        bigint NOT NULL,
    requested_by uuid NOT NULL,
    requested_at bigint NOT NULL,
    attempts     integer NOT NULL,
    ended_at     bigint,
    problem      text
);
CREATE INDEX bias_scan_project ON bias_scan (project, id);
-- One at a time.
CREATE UNIQUE INDEX bias_scan_running ON bias_scan (project) WHERE state = 0;
