-- What the vendor holds of experts. Codes, numbers and zones that matching needs are here in clear, under the person's id;
-- names, addresses, words and outcomes are sealed records under the person's own key, of which rows hold the ids alone.
-- Days are whole days; money is in minor units.

-- record: sealed name, contact and free text; null where nothing was said.
CREATE TABLE expert (
    person     BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    listed     INTEGER NOT NULL,
    zone       TEXT NOT NULL,
    country    TEXT,
    hours      INTEGER NOT NULL,
    record     BLOB,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX expert_zone ON expert (zone);

-- level: 1 basic 2 working 3 expert, by the person's own word (0: none given). verified_level: by a test or by staff, until verified_until.
CREATE TABLE expert_skill (
    person         BLOB NOT NULL REFERENCES expert (person),
    skill          TEXT NOT NULL,
    level          INTEGER NOT NULL,
    verified_level INTEGER NOT NULL,
    verified_until INTEGER,
    PRIMARY KEY (person, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX expert_skill_skill ON expert_skill (skill, person);

-- tag: BCP 47. A row that was not stated follows from a longer tag: pt from pt-BR. level: 1 A1 … 6 C2 7 native
CREATE TABLE expert_language (
    person BLOB NOT NULL REFERENCES expert (person),
    tag    TEXT NOT NULL,
    level  INTEGER NOT NULL,
    stated INTEGER NOT NULL,
    PRIMARY KEY (person, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE expert_rate (
    person   BLOB NOT NULL REFERENCES expert (person),
    currency TEXT NOT NULL,
    per_hour INTEGER NOT NULL,
    PRIMARY KEY (person, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX expert_rate_currency ON expert_rate (currency, per_hour, person);

CREATE TABLE expert_content_class (
    person        BLOB NOT NULL REFERENCES expert (person),
    content_class TEXT NOT NULL,
    PRIMARY KEY (person, content_class)
) STRICT, WITHOUT ROWID;

-- When somebody last worked for a lab (its node's peer id).
CREATE TABLE lab_work (
    person  BLOB NOT NULL REFERENCES person (id),
    lab     BLOB NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (person, lab)
) STRICT, WITHOUT ROWID;

CREATE TABLE rival_group (
    id            BLOB NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    cool_off_days INTEGER NOT NULL
) STRICT;
CREATE TABLE rival_lab (
    rival_group BLOB NOT NULL REFERENCES rival_group (id) ON DELETE CASCADE,
    lab         BLOB NOT NULL,
    PRIMARY KEY (rival_group, lab)
) STRICT, WITHOUT ROWID;

-- kind: 1 confidentiality 2 terms of work 3 intellectual property
CREATE TABLE agreement (
    code            TEXT NOT NULL PRIMARY KEY,
    title           TEXT NOT NULL,
    kind            INTEGER NOT NULL,
    for_everybody   INTEGER NOT NULL,
    current_version INTEGER NOT NULL
) STRICT;
-- sha256: of the UTF-8 text.
CREATE TABLE agreement_version (
    agreement    TEXT NOT NULL REFERENCES agreement (code),
    version      INTEGER NOT NULL,
    text         TEXT NOT NULL,
    sha256       BLOB NOT NULL,
    published_by BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (agreement, version)
) STRICT;
-- record: the sealed name as it was signed.
CREATE TABLE agreement_signature (
    person    BLOB NOT NULL REFERENCES person (id),
    agreement TEXT NOT NULL,
    version   INTEGER NOT NULL,
    sha256    BLOB NOT NULL,
    session   BLOB NOT NULL,
    record    BLOB NOT NULL,
    signed_at INTEGER NOT NULL,
    PRIMARY KEY (person, agreement, version),
    FOREIGN KEY (agreement, version) REFERENCES agreement_version (agreement, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE training_module (
    code          TEXT NOT NULL PRIMARY KEY,
    title         TEXT NOT NULL,
    text          TEXT NOT NULL,
    good_for_days INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE training_done (
    person     BLOB NOT NULL REFERENCES person (id),
    module     TEXT NOT NULL REFERENCES training_module (code),
    done_at    INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    PRIMARY KEY (person, module)
) STRICT, WITHOUT ROWID;

-- questions: JSON array of texts, the same for everybody.
CREATE TABLE interview_template (
    id         BLOB NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    questions  TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
-- outcome: 1 passed 2 not passed 3 to be repeated. record: sealed transcript and judgement.
CREATE TABLE interview (
    id       BLOB NOT NULL PRIMARY KEY,
    person   BLOB NOT NULL REFERENCES person (id),
    template BLOB NOT NULL REFERENCES interview_template (id),
    held_by  BLOB NOT NULL,
    held_at  INTEGER NOT NULL,
    outcome  INTEGER NOT NULL,
    record   BLOB NOT NULL
) STRICT;
CREATE INDEX interview_person ON interview (person, id);

-- questions, answers: records of the vendor's own key. paid_above: minutes; a test that may take longer is paid.
CREATE TABLE qualification (
    code          TEXT NOT NULL PRIMARY KEY,
    title         TEXT NOT NULL,
    version       INTEGER NOT NULL,
    minutes       INTEGER NOT NULL,
    paid_above    INTEGER NOT NULL,
    pass_percent  INTEGER NOT NULL,
    retake_days   INTEGER NOT NULL,
    good_for_days INTEGER NOT NULL,
    skill         TEXT NOT NULL,
    level         INTEGER NOT NULL,
    questions     BLOB NOT NULL,
    answers       BLOB NOT NULL,
    retired_at    INTEGER
) STRICT;
-- One attempt. state: 1 under way 2 waits to be scored 3 scored 4 ran out. seconds: from start to end, never above the test's time.
-- payable: the test may take longer than is asked of anybody for nothing. record: sealed answers and feedback.
CREATE TABLE qualification_sitting (
    id            BLOB NOT NULL PRIMARY KEY,
    person        BLOB NOT NULL REFERENCES person (id),
    qualification TEXT NOT NULL REFERENCES qualification (code),
    version       INTEGER NOT NULL,
    questions     BLOB NOT NULL,
    answers       BLOB NOT NULL,
    state         INTEGER NOT NULL,
    started_at    INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    ended_at      INTEGER,
    seconds       INTEGER NOT NULL,
    payable       INTEGER NOT NULL,
    score         INTEGER,
    passed        INTEGER NOT NULL,
    good_until    INTEGER,
    record        BLOB
) STRICT;
CREATE INDEX qualification_sitting_person ON qualification_sitting (person, qualification, id);
CREATE INDEX qualification_sitting_state ON qualification_sitting (state, due_at);
-- A test is begun once, however many ask at once: each try is paid, and tells what was right.
CREATE UNIQUE INDEX qualification_sitting_under_way ON qualification_sitting (person, qualification) WHERE state = 1;

-- The document is never here, nor anywhere. kind: such as identity. record: sealed outcome and provider.
CREATE TABLE outside_check (
    id         BLOB NOT NULL PRIMARY KEY,
    person     BLOB NOT NULL REFERENCES person (id),
    kind       TEXT NOT NULL,
    passed     INTEGER NOT NULL,
    noted_by   BLOB NOT NULL,
    noted_at   INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    record     BLOB NOT NULL
) STRICT;
CREATE INDEX outside_check_person ON outside_check (person, id);

-- What a listing says is public. earlier_rate: what the same work was listed at before, per hour.
CREATE TABLE listing (
    id              BLOB NOT NULL PRIMARY KEY,
    title           TEXT NOT NULL,
    text            TEXT NOT NULL,
    skills          TEXT NOT NULL,
    currency        TEXT NOT NULL,
    rate_from       INTEGER NOT NULL,
    rate_to         INTEGER NOT NULL,
    earlier_rate    INTEGER,
    hours           INTEGER NOT NULL,
    invitations_day INTEGER NOT NULL,
    opened_at       INTEGER NOT NULL,
    closed_at       INTEGER
) STRICT;
CREATE TABLE listing_invitation (
    invitation BLOB NOT NULL PRIMARY KEY,
    listing    BLOB NOT NULL REFERENCES listing (id),
    made_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX listing_invitation_listing ON listing_invitation (listing, made_at);
CREATE TABLE listing_application (
    listing    BLOB NOT NULL REFERENCES listing (id),
    person     BLOB NOT NULL REFERENCES person (id),
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (listing, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_application_person ON listing_application (person);

-- Every sealed record of a person, and when it is removed. field: 1 profile 2 interview 3 check 4 test 5 agreement 6 pay details
CREATE TABLE held_record (
    record    BLOB NOT NULL PRIMARY KEY,
    person    BLOB NOT NULL REFERENCES person (id),
    field     INTEGER NOT NULL,
    sealed_at INTEGER NOT NULL,
    due_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX held_record_person ON held_record (person, field);
CREATE INDEX held_record_due ON held_record (due_at);

-- Days that differ from those the program comes with.
CREATE TABLE retention_rule (
    field  INTEGER NOT NULL PRIMARY KEY,
    days   INTEGER NOT NULL,
    set_by BLOB NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

-- People who had themselves erased. proposal: at the vault, to destroy the person's key; takes a second person.
CREATE TABLE erasure (
    person    BLOB NOT NULL PRIMARY KEY REFERENCES person (id),
    proposal  BLOB NOT NULL,
    records   INTEGER NOT NULL,
    erased_at INTEGER NOT NULL
) STRICT;
