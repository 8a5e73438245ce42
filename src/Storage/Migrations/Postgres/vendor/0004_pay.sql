-- Pay: money in minor units of an ISO 4217 currency; days are dates of the expert's calendar. Words, names and accounts are sealed: here are ids of records.

-- What pay must know of an expert. zone: IANA name. place: ISO 3166 code. details: the record with name and account.
CREATE TABLE pay_person (
    expert  uuid NOT NULL PRIMARY KEY,
    zone    text NOT NULL,
    place   text,
    details uuid
);

-- kind in rate_line: 1 task 2 review 3 reading 4 qualification 5 question 6 rework. expert: whose placement it is; null: everybody's of the engagement.
CREATE TABLE rate_card (
    id           uuid NOT NULL PRIMARY KEY,
    engagement   uuid NOT NULL,
    expert       uuid,
    version      integer NOT NULL,
    "from"       bigint NOT NULL,
    currency     text NOT NULL,
    week_seconds integer NOT NULL,
    notice_days  integer NOT NULL,
    pause_share  integer NOT NULL,
    made_at      bigint NOT NULL,
    "by"         uuid NOT NULL
);
CREATE UNIQUE INDEX rate_card_of_engagement ON rate_card (engagement, version) WHERE expert IS NULL;
CREATE UNIQUE INDEX rate_card_of_expert ON rate_card (engagement, expert, version) WHERE expert IS NOT NULL;

CREATE TABLE rate_line (
    card   uuid NOT NULL REFERENCES rate_card (id),
    kind   smallint NOT NULL,
    "each" bigint NOT NULL CHECK ("each" >= 0),
    "hour" bigint NOT NULL CHECK ("hour" >= 0),
    PRIMARY KEY (card, kind)
);

-- The card that an assignment was taken under.
CREATE TABLE frozen_rate (
    engagement uuid NOT NULL,
    assignment uuid NOT NULL,
    expert     uuid NOT NULL,
    card       uuid NOT NULL REFERENCES rate_card (id),
    PRIMARY KEY (engagement, assignment, expert)
);

-- The ledger. kind: 1 work 2 correction 3 pause pay 4 top-up 5 withheld 6 released. act: 1 done 2 left. carry: 3,600ths of a minor unit.
-- hash: SHA-256 over the entry before and this one.
CREATE TABLE pay_entry (
    sequence   bigint NOT NULL PRIMARY KEY,
    kind       smallint NOT NULL,
    expert     uuid NOT NULL,
    engagement uuid NOT NULL,
    currency   text NOT NULL,
    amount     bigint NOT NULL,
    carry      bigint NOT NULL CHECK (carry BETWEEN -1800 AND 1800),
    "at"       bigint NOT NULL,
    "day"      date NOT NULL,
    place      text,
    made_at    bigint NOT NULL,
    "by"       uuid,
    "event"    bigint,
    part       integer NOT NULL,
    assignment uuid,
    paid       smallint,
    "act"      smallint,
    pieces     integer NOT NULL,
    seconds    bigint NOT NULL,
    counted    bigint NOT NULL,
    card       uuid REFERENCES rate_card (id),
    "each"     bigint NOT NULL,
    "hour"     bigint NOT NULL,
    refers     bigint REFERENCES pay_entry (sequence),
    reason     smallint,
    words      uuid,
    hash       bytea NOT NULL
);
-- An event is paid once, whatever the program believes.
CREATE UNIQUE INDEX pay_entry_event ON pay_entry (engagement, "event", part) WHERE kind = 1;
CREATE UNIQUE INDEX pay_entry_stop ON pay_entry (engagement, "event", expert) WHERE kind = 3;
CREATE UNIQUE INDEX pay_entry_words ON pay_entry (words, kind) WHERE words IS NOT NULL;
CREATE INDEX pay_entry_expert ON pay_entry (expert, "day");
CREATE INDEX pay_entry_carry ON pay_entry (engagement, expert, currency, sequence) WHERE kind = 1;
CREATE INDEX pay_entry_refers ON pay_entry (refers) WHERE refers IS NOT NULL;
CREATE INDEX pay_entry_over ON pay_entry (sequence) WHERE kind = 1 AND (seconds <> counted OR card IS NULL);

-- The vault's word (HMAC-SHA-256) on the ledger as it stood: who can write here cannot make one.
CREATE TABLE pay_mark (
    sequence bigint NOT NULL PRIMARY KEY,
    hash     bytea NOT NULL,
    mac      bytea NOT NULL,
    made_at  bigint NOT NULL
);

-- The least that an hour earns at a place, from a day on.
CREATE TABLE pay_floor (
    place    text NOT NULL,
    currency text NOT NULL,
    "from"   date NOT NULL,
    "hour"   bigint NOT NULL CHECK ("hour" > 0),
    top_up   boolean NOT NULL,
    made_at  bigint NOT NULL,
    "by"     uuid NOT NULL,
    PRIMARY KEY (place, currency, "from")
);

CREATE TABLE pay_statement (
    id        uuid NOT NULL PRIMARY KEY,
    expert    uuid NOT NULL,
    number    integer NOT NULL,
    currency  text NOT NULL,
    "from"    date NOT NULL,
    until     date NOT NULL,
    zone      text NOT NULL,
    lines     integer NOT NULL,
    total     bigint NOT NULL,
    head      bigint NOT NULL REFERENCES pay_entry (sequence),
    head_hash bytea NOT NULL,
    made_at   bigint NOT NULL,
    "by"      uuid NOT NULL,
    UNIQUE (expert, number)
);
CREATE INDEX pay_statement_unpaid ON pay_statement (currency, until);

-- Each entry is stated once.
CREATE TABLE pay_statement_line (
    entry     bigint NOT NULL PRIMARY KEY REFERENCES pay_entry (sequence),
    statement uuid NOT NULL REFERENCES pay_statement (id)
);
CREATE INDEX pay_statement_line_statement ON pay_statement_line (statement, entry);

CREATE TABLE pay_statement_rate (
    statement  uuid NOT NULL REFERENCES pay_statement (id),
    engagement uuid NOT NULL,
    seconds    bigint NOT NULL,
    earned     bigint NOT NULL,
    shortfall  bigint NOT NULL,
    topped_up  bigint NOT NULL,
    unknown    bigint NOT NULL,
    PRIMARY KEY (statement, engagement)
);
CREATE INDEX pay_statement_rate_short ON pay_statement_rate (statement) WHERE shortfall > topped_up OR unknown > 0;

-- state: 0 open 1 confirmed 2 released 3 ran out. id: the record with the evidence.
CREATE TABLE withholding (
    id         uuid NOT NULL PRIMARY KEY,
    expert     uuid NOT NULL,
    entry      bigint NOT NULL REFERENCES pay_entry (sequence),
    withheld   bigint NOT NULL REFERENCES pay_entry (sequence),
    state      smallint NOT NULL,
    "by"       uuid NOT NULL,
    made_at    bigint NOT NULL,
    decide_by  bigint NOT NULL,
    decided_by uuid,
    decided_at bigint,
    words      uuid,
    released   bigint REFERENCES pay_entry (sequence)
);
CREATE UNIQUE INDEX withholding_entry ON withholding (entry) WHERE state IN (0, 1);
CREATE INDEX withholding_clock ON withholding (decide_by) WHERE state = 0;
CREATE INDEX withholding_expert ON withholding (expert, id);

-- state: 0 open 1 upheld 2 dismissed. id: the record with the expert's words.
CREATE TABLE dispute (
    id          uuid NOT NULL PRIMARY KEY,
    expert      uuid NOT NULL,
    entry       bigint NOT NULL REFERENCES pay_entry (sequence),
    state       smallint NOT NULL,
    made_at     bigint NOT NULL,
    answer_by   bigint NOT NULL,
    answered_by uuid,
    answered_at bigint,
    answer      uuid,
    settled     bigint REFERENCES pay_entry (sequence)
);
CREATE UNIQUE INDEX dispute_entry ON dispute (entry) WHERE state = 0;
CREATE INDEX dispute_clock ON dispute (answer_by) WHERE state = 0;
CREATE INDEX dispute_expert ON dispute (expert, id);

-- state: 0 proposed 1 approved 2 withdrawn
CREATE TABLE payout (
    id          uuid NOT NULL PRIMARY KEY,
    number      integer NOT NULL UNIQUE,
    currency    text NOT NULL,
    state       smallint NOT NULL,
    execute_on  date NOT NULL,
    transfers   integer NOT NULL,
    total       bigint NOT NULL,
    digest      bytea NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at bigint NOT NULL
);

-- A statement is paid once.
CREATE TABLE payout_line (
    statement uuid NOT NULL PRIMARY KEY REFERENCES pay_statement (id),
    payout    uuid NOT NULL REFERENCES payout (id),
    expert    uuid NOT NULL,
    amount    bigint NOT NULL
);
CREATE INDEX payout_line_payout ON payout_line (payout, statement);

CREATE TABLE payout_approval (
    payout uuid NOT NULL PRIMARY KEY REFERENCES payout (id),
    "by"   uuid NOT NULL,
    "at"   bigint NOT NULL,
    digest bytea NOT NULL
);

-- format: 1 CSV 2 pain.001. What was handed out, without the file.
CREATE TABLE payout_file (
    id     uuid NOT NULL PRIMARY KEY,
    payout uuid NOT NULL REFERENCES payout (id),
    format smallint NOT NULL,
    "by"   uuid NOT NULL,
    "at"   bigint NOT NULL,
    sha256 bytea NOT NULL
);
CREATE INDEX payout_file_payout ON payout_file (payout);

-- What is written once stays as it is.
CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER rate_card_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON rate_card FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER rate_line_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON rate_line FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER frozen_rate_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_rate FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_entry_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_entry FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_mark_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_mark FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_floor_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_floor FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_statement_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_statement FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_statement_line_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_statement_line FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER pay_statement_rate_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON pay_statement_rate FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER payout_approval_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_approval FOR EACH STATEMENT EXECUTE FUNCTION only_added();
CREATE TRIGGER payout_file_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_file FOR EACH STATEMENT EXECUTE FUNCTION only_added();
