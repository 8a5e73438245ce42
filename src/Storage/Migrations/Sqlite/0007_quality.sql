-- A batch judged on a sample. id is also the id of the record that fixes the sample, number counts the rounds of a batch.
-- state: 0 drawn 1 accepted 2 partly 3 rejected. settled: everything that the decision gives back has been given back.
CREATE TABLE acceptance (
    id         BLOB NOT NULL PRIMARY KEY,
    project    BLOB NOT NULL,
    batch      BLOB NOT NULL REFERENCES batch (id),
    number     INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    population INTEGER NOT NULL,
    sample     INTEGER NOT NULL,
    drawn_at   INTEGER NOT NULL,
    drawn_by   BLOB NOT NULL,
    decided_at INTEGER,
    decided_by BLOB,
    reason     BLOB,
    settled    INTEGER NOT NULL,
    UNIQUE (batch, number)
) STRICT;
CREATE INDEX acceptance_project ON acceptance (project, id);
-- One at a time.
CREATE UNIQUE INDEX acceptance_drawn ON acceptance (batch) WHERE state = 0;
CREATE INDEX acceptance_unsettled ON acceptance (id) WHERE settled = 0;

-- verdict: 0 none 1 fit 2 defect. judge: who has it in hand until judge_until, and who judged it then.
CREATE TABLE acceptance_sample (
    acceptance  BLOB NOT NULL,
    ordinal     INTEGER NOT NULL,
    slot        BLOB NOT NULL,
    answer      BLOB NOT NULL,
    verdict     INTEGER NOT NULL,
    reason      BLOB,
    evidence    BLOB,
    judge       BLOB,
    judge_until INTEGER,
    PRIMARY KEY (acceptance, ordinal),
    UNIQUE (acceptance, slot)
) STRICT, WITHOUT ROWID;

-- People all of whose answers a partial acceptance gives back.
CREATE TABLE acceptance_person (
    acceptance BLOB NOT NULL,
    person     BLOB NOT NULL,
    PRIMARY KEY (acceptance, person)
) STRICT, WITHOUT ROWID;

-- What a batch is judged on, and given back from; touched where an answer is accepted, and by no lease.
CREATE INDEX slot_accepted ON slot (batch, id) WHERE state = 3 AND gold = FALSE;

-- Somebody's objection to a decision against their work. id is also the id of the record with their words.
-- state: 0 open 1 upheld 2 dismissed
CREATE TABLE appeal (
    id         BLOB NOT NULL PRIMARY KEY,
    project    BLOB NOT NULL,
    slot       BLOB NOT NULL,
    answer     BLOB NOT NULL,
    review     BLOB NOT NULL UNIQUE,
    person     BLOB NOT NULL,
    reviewer   BLOB NOT NULL,
    state      INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by BLOB,
    reason     BLOB
) STRICT;
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
    id           BLOB NOT NULL PRIMARY KEY,
    project      BLOB NOT NULL REFERENCES project (id),
    state        INTEGER NOT NULL,
    scanned      INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    requested_by BLOB NOT NULL,
    requested_at INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    ended_at     INTEGER,
    problem      TEXT
) STRICT;
CREATE INDEX bias_scan_project ON bias_scan (project, id);
-- One at a time.
CREATE UNIQUE INDEX bias_scan_running ON bias_scan (project) WHERE state = 0;
