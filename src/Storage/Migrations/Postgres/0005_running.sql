-- How batches run: order, limits, pauses, rework, known answers, operations on many slots at once.

-- state: 0 opening 1 open 2 paused 3 closed 4 cancelled. rework: 1 same 2 another. gold_feedback: 1 training 2 kept
-- skills, languages: codes that a person must have, parted by spaces. filter: approved facets, JSON. slots: made so far, gold ones apart.
-- pause_words: record of the words given for the pause. revision: what If-Match names.
ALTER TABLE batch ADD COLUMN adaptive boolean NOT NULL DEFAULT FALSE;
ALTER TABLE batch ADD COLUMN priority smallint NOT NULL DEFAULT 5;
ALTER TABLE batch ADD COLUMN deadline bigint;
ALTER TABLE batch ADD COLUMN price bigint;
ALTER TABLE batch ADD COLUMN price_cap bigint;
ALTER TABLE batch ADD COLUMN currency text;
ALTER TABLE batch ADD COLUMN daily_cap integer;
ALTER TABLE batch ADD COLUMN rework smallint NOT NULL DEFAULT 1;
ALTER TABLE batch ADD COLUMN max_rounds smallint NOT NULL DEFAULT 2;
ALTER TABLE batch ADD COLUMN gold_percent smallint NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN gold_feedback smallint NOT NULL DEFAULT 2;
ALTER TABLE batch ADD COLUMN review_percent smallint NOT NULL DEFAULT 100;
ALTER TABLE batch ADD COLUMN second_review_percent smallint NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN skills text NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN languages text NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN warning boolean NOT NULL DEFAULT FALSE;
ALTER TABLE batch ADD COLUMN filter text;
ALTER TABLE batch ADD COLUMN most_items bigint;
ALTER TABLE batch ADD COLUMN slots bigint NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN pause_reason smallint;
ALTER TABLE batch ADD COLUMN pause_words uuid;
ALTER TABLE batch ADD COLUMN revision bigint NOT NULL DEFAULT 1;
UPDATE batch SET slots = items * overlap;

-- state: 0 open 1 leased 2 submitted 3 accepted 4 returned 5 escalated 6 cancelled
-- gold: its answer is known; never counted, never delivered. rounds: times returned. first_review: of two blind ones, while the second is out.
-- The versions of an open slot are its batch's: a lease sets them.
ALTER TABLE slot ADD COLUMN gold boolean NOT NULL DEFAULT FALSE;
ALTER TABLE slot ADD COLUMN rounds smallint NOT NULL DEFAULT 0;
ALTER TABLE slot ADD COLUMN first_review uuid;
DROP INDEX slot_open;
CREATE INDEX slot_open ON slot (batch, id) WHERE state = 0 AND gold = FALSE;
CREATE INDEX slot_escalated ON slot (project, id) WHERE state = 5;
CREATE INDEX slot_cancelled ON slot (batch) WHERE state = 6;
DROP INDEX slot_person;
CREATE INDEX slot_person ON slot (project, holder, state, gold) WHERE holder IS NOT NULL;

-- vote: keyed fingerprint of item and deciding answer; tells whether answers to one item agree, and nothing else.
-- corrects: record of the answer that a reviewer put this one in the place of. correct: what it came to, where the right answer is known.
ALTER TABLE answer ADD COLUMN vote bytea;
ALTER TABLE answer ADD COLUMN seconds double precision;
ALTER TABLE answer ADD COLUMN corrects uuid;
ALTER TABLE answer ADD COLUMN correct boolean;

-- kind: 1 first 2 second 3 staff. decision: 1 accept 2 return 3 correct 4 escalate 5 cancel. evidence: record of what the decision rests on.
ALTER TABLE review ADD COLUMN kind smallint NOT NULL DEFAULT 1;
ALTER TABLE review ADD COLUMN decision smallint NOT NULL DEFAULT 1;
ALTER TABLE review ADD COLUMN evidence uuid;
UPDATE review SET decision = 2 WHERE accepted = FALSE;
CREATE INDEX review_slot ON review (slot);

-- gold: record of its known answers.
ALTER TABLE item ADD COLUMN gold uuid;
CREATE INDEX item_gold ON item (project, id) WHERE gold IS NOT NULL;

-- What people can do, in codes the lab made up. kind: 1 skill 2 language
CREATE TABLE member_skill (
    lab    uuid NOT NULL,
    person uuid NOT NULL,
    kind   smallint NOT NULL,
    code   text NOT NULL,
    PRIMARY KEY (lab, person, kind, code)
);

-- Something done to many slots at once. kind: 1 return 2 cancel 3 reassign 4 reprioritise 5 release
CREATE TABLE operation (
    id              uuid NOT NULL PRIMARY KEY,
    project         uuid NOT NULL REFERENCES project (id),
    kind            smallint NOT NULL,
    batch           uuid,
    reason          uuid,
    priority_before smallint,
    priority_after  smallint,
    slots           bigint NOT NULL,
    made_by         uuid NOT NULL,
    made_at         bigint NOT NULL,
    undone_at       bigint
);
CREATE INDEX operation_project ON operation (project, id);

-- A slot as it was before, and who held it after.
CREATE TABLE operation_slot (
    operation    uuid NOT NULL,
    slot         uuid NOT NULL,
    state        smallint NOT NULL,
    holder       uuid,
    lease_until  bigint,
    answer       uuid,
    reason       uuid,
    rounds       smallint NOT NULL,
    holder_after uuid,
    PRIMARY KEY (operation, slot)
);
