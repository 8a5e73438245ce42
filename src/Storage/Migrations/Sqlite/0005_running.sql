-- How batches run: order, limits, pauses, rework, known answers, operations on many slots at once.

-- state: 0 opening 1 open 2 paused 3 closed 4 cancelled. rework: 1 same 2 another. gold_feedback: 1 training 2 kept
-- skills, languages: codes that a person must have, parted by spaces. filter: approved facets, JSON. slots: made so far, gold ones apart.
-- pause_words: record of the words given for the pause. revision: what If-Match names.
ALTER TABLE batch ADD COLUMN adaptive INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE batch ADD COLUMN priority INTEGER NOT NULL DEFAULT 5;
ALTER TABLE batch ADD COLUMN deadline INTEGER;
ALTER TABLE batch ADD COLUMN price INTEGER;
ALTER TABLE batch ADD COLUMN price_cap INTEGER;
ALTER TABLE batch ADD COLUMN currency TEXT;
ALTER TABLE batch ADD COLUMN daily_cap INTEGER;
ALTER TABLE batch ADD COLUMN rework INTEGER NOT NULL DEFAULT 1;
ALTER TABLE batch ADD COLUMN max_rounds INTEGER NOT NULL DEFAULT 2;
ALTER TABLE batch ADD COLUMN gold_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN gold_feedback INTEGER NOT NULL DEFAULT 2;
ALTER TABLE batch ADD COLUMN review_percent INTEGER NOT NULL DEFAULT 100;
ALTER TABLE batch ADD COLUMN second_review_percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN skills TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN warning INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE batch ADD COLUMN filter TEXT;
ALTER TABLE batch ADD COLUMN most_items INTEGER;
ALTER TABLE batch ADD COLUMN slots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN pause_reason INTEGER;
ALTER TABLE batch ADD COLUMN pause_words BLOB;
ALTER TABLE batch ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
UPDATE batch SET slots = items * overlap;

-- state: 0 open 1 leased 2 submitted 3 accepted 4 returned 5 escalated 6 cancelled
-- gold: its answer is known; never counted, never delivered. rounds: times returned. first_review: of two blind ones, while the second is out.
-- The versions of an open slot are its batch's: a lease sets them.
ALTER TABLE slot ADD COLUMN gold INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE slot ADD COLUMN rounds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slot ADD COLUMN first_review BLOB;
DROP INDEX slot_open;
CREATE INDEX slot_open ON slot (batch, id) WHERE state = 0 AND gold = FALSE;
CREATE INDEX slot_escalated ON slot (project, id) WHERE state = 5;
CREATE INDEX slot_cancelled ON slot (batch) WHERE state = 6;
DROP INDEX slot_person;
CREATE INDEX slot_person ON slot (project, holder, state, gold) WHERE holder IS NOT NULL;

-- vote: keyed fingerprint of item and deciding answer; tells whether answers to one item agree, and nothing else.
-- corrects: record of the answer that a reviewer put this one in the place of. correct: what it came to, where the right answer is known.
ALTER TABLE answer ADD COLUMN vote BLOB;
ALTER TABLE answer ADD COLUMN seconds REAL;
ALTER TABLE answer ADD COLUMN corrects BLOB;
ALTER TABLE answer ADD COLUMN correct INTEGER;

-- kind: 1 first 2 second 3 staff. decision: 1 accept 2 return 3 correct 4 escalate 5 cancel. evidence: record of what the decision rests on.
ALTER TABLE review ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
ALTER TABLE review ADD COLUMN decision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE review ADD COLUMN evidence BLOB;
UPDATE review SET decision = 2 WHERE accepted = FALSE;
CREATE INDEX review_slot ON review (slot);

-- gold: record of its known answers.
ALTER TABLE item ADD COLUMN gold BLOB;
CREATE INDEX item_gold ON item (project, id) WHERE gold IS NOT NULL;

-- What people can do, in codes the lab made up. kind: 1 skill 2 language
CREATE TABLE member_skill (
    lab    BLOB NOT NULL,
    person BLOB NOT NULL,
    kind   INTEGER NOT NULL,
    code   TEXT NOT NULL,
    PRIMARY KEY (lab, person, kind, code)
) STRICT, WITHOUT ROWID;

-- Something done to many slots at once. kind: 1 return 2 cancel 3 reassign 4 reprioritise 5 release
CREATE TABLE operation (
    id              BLOB NOT NULL PRIMARY KEY,
    project         BLOB NOT NULL REFERENCES project (id),
    kind            INTEGER NOT NULL,
    batch           BLOB,
    reason          BLOB,
    priority_before INTEGER,
    priority_after  INTEGER,
    slots           INTEGER NOT NULL,
    made_by         BLOB NOT NULL,
    made_at         INTEGER NOT NULL,
    undone_at       INTEGER
) STRICT;
CREATE INDEX operation_project ON operation (project, id);

-- A slot as it was before, and who held it after.
CREATE TABLE operation_slot (
    operation    BLOB NOT NULL,
    slot         BLOB NOT NULL,
    state        INTEGER NOT NULL,
    holder       BLOB,
    lease_until  INTEGER,
    answer       BLOB,
    reason       BLOB,
    rounds       INTEGER NOT NULL,
    holder_after BLOB,
    PRIMARY KEY (operation, slot)
) STRICT, WITHOUT ROWID;
