-- What the vendor holds of experts. Codes, numbers and zones that matching needs are here in clear, under the person's id;
-- names, addresses, words and outcomes are sealed records under the person's own key, of which rows hold the ids alone.
-- Days are whole days; money is in minor units.

-- record: sealed name, contact and free text; null where nothing was said.
CREATE TABLE expert (
    person     uuid NOT NULL PRIMARY KEY REFERENCES person (id),
    listed     boolean NOT NULL,
    zone       text NOT NULL,
    country    text,
    hours      integer NOT NULL,
    record     uuid,
    changed_at bigint NOT NULL
);
CREATE INDEX expert_zone ON expert (zone);

-- level: 1 basic 2 working 3 expert, by the person's own word (0: none given). verified_level: by a test or by staff, until verified_until.
CREATE TABLE expert_skill (
    person         uuid NOT NULL REFERENCES expert (person),
    skill          text NOT NULL,
    level          smallint NOT NULL,
    verified_level smallint NOT NULL,
    verified_until bigint,
    PRIMARY KEY (person, skill)
);
CREATE INDEX expert_skill_skill ON expert_skill (skill, person);

-- tag: BCP 47. A row that was not stated follows from a longer tag: pt from pt-BR. level: 1 A1 … 6 C2 7 native
CREATE TABLE expert_language (
    person uuid NOT NULL REFERENCES expert (person),
    tag    text NOT NULL,
    level  smallint NOT NULL,
    stated boolean NOT NULL,
    PRIMARY KEY (person, tag)
);

CREATE TABLE expert_rate (
    person   uuid NOT NULL REFERENCES expert (person),
    currency text NOT NULL,
    per_hour bigint NOT NULL,
    PRIMARY KEY (person, currency)
);
CREATE INDEX expert_rate_currency ON expert_rate (currency, per_hour, person);

CREATE TABLE expert_content_class (
    person        uuid NOT NULL REFERENCES expert (person),
    content_class text NOT NULL,
    PRIMARY KEY (person, content_class)
);

-- When somebody last worked for a lab (its node's peer id).
CREATE TABLE lab_work (
    person  uuid NOT NULL REFERENCES person (id),
    lab     uuid NOT NULL,
    last_at bigint NOT NULL,
    PRIMARY KEY (person, lab)
);

CREATE TABLE rival_group (
    id            uuid NOT NULL PRIMARY KEY,
    name          text NOT NULL,
    cool_off_days integer NOT NULL
);
CREATE TABLE rival_lab (
    rival_group uuid NOT NULL REFERENCES rival_group (id) ON DELETE CASCADE,
    lab         uuid NOT NULL,
    PRIMARY KEY (rival_group, lab)
);

-- kind: 1 confidentiality 2 terms of work 3 intellectual property
CREATE TABLE agreement (
    code            text NOT NULL PRIMARY KEY,
    title           text NOT NULL,
    kind            smallint NOT NULL,
    for_everybody   boolean NOT NULL,
    current_version integer NOT NULL
);
-- sha256: of the UTF-8 text.
CREATE TABLE agreement_version (
    agreement    text NOT NULL REFERENCES agreement (code),
    version      integer NOT NULL,
    text         text NOT NULL,
    sha256       bytea NOT NULL,
    published_by uuid NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (agreement, version)
);
-- record: the sealed name as it was signed.
CREATE TABLE agreement_signature (
    person    uuid NOT NULL REFERENCES person (id),
    agreement text NOT NULL,
    version   integer NOT NULL,
    sha256    bytea NOT NULL,
    session   uuid NOT NULL,
    record    uuid NOT NULL,
    signed_at bigint NOT NULL,
    PRIMARY KEY (person, agreement, version),
    FOREIGN KEY (agreement, version) REFERENCES agreement_version (agreement, version)
);

CREATE TABLE training_module (
    code          text NOT NULL PRIMARY KEY,
    title         text NOT NULL,
    text          text NOT NULL,
    good_for_days integer NOT NULL,
    changed_at    bigint NOT NULL
);
CREATE TABLE training_done (
    person     uuid NOT NULL REFERENCES person (id),
    module     text NOT NULL REFERENCES training_module (code),
    done_at    bigint NOT NULL,
    good_until bigint NOT NULL,
    PRIMARY KEY (person, module)
);

-- questions: JSON array of texts, the same for everybody.
CREATE TABLE interview_template (
    id         uuid NOT NULL PRIMARY KEY,
    name       text NOT NULL,
    questions  text NOT NULL,
    created_at bigint NOT NULL,
    retired_at bigint
);
-- outcome: 1 passed 2 not passed 3 to be repeated. record: sealed transcript and judgement.
CREATE TABLE interview (
    id       uuid NOT NULL PRIMARY KEY,
    person   uuid NOT NULL REFERENCES person (id),
    template uuid NOT NULL REFERENCES interview_template (id),
    held_by  uuid NOT NULL,
    held_at  bigint NOT NULL,
    outcome  smallint NOT NULL,
    record   uuid NOT NULL
);
CREATE INDEX interview_person ON interview (person, id);

-- questions, answers: records of the vendor's own key. paid_above: minutes; a test that may take longer is paid.
CREATE TABLE qualification (
    code          text NOT NULL PRIMARY KEY,
    title         text NOT NULL,
    version       integer NOT NULL,
    minutes       integer NOT NULL,
    paid_above    integer NOT NULL,
    pass_percent  integer NOT NULL,
    retake_days   integer NOT NULL,
    good_for_days integer NOT NULL,
    skill         text NOT NULL,
    level         smallint NOT NULL,
    questions     uuid NOT NULL,
    answers       uuid NOT NULL,
    retired_at    bigint
);
-- One attempt. state: 1 under way 2 waits to be scored 3 scored 4 ran out. seconds: from start to end, never above the test's time.
-- payable: the test may take longer than is asked of anybody for nothing. record: sealed answers and feedback.
CREATE TABLE qualification_sitting (
    id            uuid NOT NULL PRIMARY KEY,
    person        uuid NOT NULL REFERENCES person (id),
    qualification text NOT NULL REFERENCES qualification (code),
    version       integer NOT NULL,
    questions     uuid NOT NULL,
    answers       uuid NOT NULL,
    state         smallint NOT NULL,
    started_at    bigint NOT NULL,
    due_at        bigint NOT NULL,
    ended_at      bigint,
    seconds       integer NOT NULL,
    payable       boolean NOT NULL,
    score         integer,
    passed        boolean NOT NULL,
    good_until    bigint,
    record        uuid
);
CREATE INDEX qualification_sitting_person ON qualification_sitting (person, qualification, id);
CREATE INDEX qualification_sitting_state ON qualification_sitting (state, due_at);
-- A test is begun once, however many ask at once: each try is paid, and tells what was right.
CREATE UNIQUE INDEX qualification_sitting_under_way ON qualification_sitting (person, qualification) WHERE state = 1;

-- The document is never here, nor anywhere. kind: such as identity. record: sealed outcome and provider.
CREATE TABLE outside_check (
    id         uuid NOT NULL PRIMARY KEY,
    person     uuid NOT NULL REFERENCES person (id),
    kind       text NOT NULL,
    passed     boolean NOT NULL,
    noted_by   uuid NOT NULL,
    noted_at   bigint NOT NULL,
    expires_at bigint NOT NULL,
    record     uuid NOT NULL
);
CREATE INDEX outside_check_person ON outside_check (person, id);

-- What a listing says is public. earlier_rate: what the same work was listed at before, per hour.
CREATE TABLE listing (
    id              uuid NOT NULL PRIMARY KEY,
    title           text NOT NULL,
    text            text NOT NULL,
    skills          text NOT NULL,
    currency        text NOT NULL,
    rate_from       bigint NOT NULL,
    rate_to         bigint NOT NULL,
    earlier_rate    bigint,
    hours           integer NOT NULL,
    invitations_day integer NOT NULL,
    opened_at       bigint NOT NULL,
    closed_at       bigint
);
CREATE TABLE listing_invitation (
    invitation uuid NOT NULL PRIMARY KEY,
    listing    uuid NOT NULL REFERENCES listing (id),
    made_at    bigint NOT NULL
);
CREATE INDEX listing_invitation_listing ON listing_invitation (listing, made_at);
CREATE TABLE listing_application (
    listing    uuid NOT NULL REFERENCES listing (id),
    person     uuid NOT NULL REFERENCES person (id),
    applied_at bigint NOT NULL,
    PRIMARY KEY (listing, person)
);
CREATE INDEX listing_application_person ON listing_application (person);

-- Every sealed record of a person, and when it is removed. field: 1 profile 2 interview 3 check 4 test 5 agreement 6 pay details
CREATE TABLE held_record (
    record    uuid NOT NULL PRIMARY KEY,
    person    uuid NOT NULL REFERENCES person (id),
    field     smallint NOT NULL,
    sealed_at bigint NOT NULL,
    due_at    bigint NOT NULL
);
CREATE INDEX held_record_person ON held_record (person, field);
CREATE INDEX held_record_due ON held_record (due_at);

-- Days that differ from those the program comes with.
CREATE TABLE retention_rule (
    field  smallint NOT NULL PRIMARY KEY,
    days   integer NOT NULL,
    set_by uuid NOT NULL,
    set_at bigint NOT NULL
);

-- People who had themselves erased. proposal: at the vault, to destroy the person's key; takes a second person.
CREATE TABLE erasure (
    person    uuid NOT NULL PRIMARY KEY REFERENCES person (id),
    proposal  uuid NOT NULL,
    records   integer NOT NULL,
    erased_at bigint NOT NULL
);
