-- Pay: money in minor units of an ISO 4217 currency; days are dates of the expert's calendar. Words, names and accounts are sealed: here are ids of records.

-- What pay must know of an expert. zone: IANA name. place: ISO 3166 code. details: the record with name and account.
CREATE TABLE pay_person (
    expert  BLOB NOT NULL PRIMARY KEY,
    zone    TEXT NOT NULL,
    place   TEXT,
    details BLOB
) STRICT;

-- kind in rate_line: 1 task 2 review 3 reading 4 qualification 5 question 6 rework. expert: whose placement it is; null: everybody's of the engagement.
CREATE TABLE rate_card (
    id           BLOB NOT NULL PRIMARY KEY,
    engagement   BLOB NOT NULL,
    expert       BLOB,
    version      INTEGER NOT NULL,
    "from"       INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    week_seconds INTEGER NOT NULL,
    notice_days  INTEGER NOT NULL,
    pause_share  INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    "by"         BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX rate_card_of_engagement ON rate_card (engagement, version) WHERE expert IS NULL;
CREATE UNIQUE INDEX rate_card_of_expert ON rate_card (engagement, expert, version) WHERE expert IS NOT NULL;

CREATE TABLE rate_line (
    card   BLOB NOT NULL REFERENCES rate_card (id),
    kind   INTEGER NOT NULL,
    "each" INTEGER NOT NULL CHECK ("each" >= 0),
    "hour" INTEGER NOT NULL CHECK ("hour" >= 0),
    PRIMARY KEY (card, kind)
) STRICT;

-- The card that an assignment was taken under.
CREATE TABLE frozen_rate (
    engagement BLOB NOT NULL,
    assignment BLOB NOT NULL,
    expert     BLOB NOT NULL,
    card       BLOB NOT NULL REFERENCES rate_card (id),
    PRIMARY KEY (engagement, assignment, expert)
) STRICT;

-- The ledger. kind: 1 work 2 correction 3 pause pay 4 top-up 5 withheld 6 released. act: 1 done 2 left. carry: 3,600ths of a minor unit.
-- hash: SHA-256 over the entry before and this one.
CREATE TABLE pay_entry (
    sequence   INTEGER NOT NULL PRIMARY KEY,
    kind       INTEGER NOT NULL,
    expert     BLOB NOT NULL,
    engagement BLOB NOT NULL,
    currency   TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    carry      INTEGER NOT NULL CHECK (carry BETWEEN -1800 AND 1800),
    "at"       INTEGER NOT NULL,
    "day"      TEXT NOT NULL,
    place      TEXT,
    made_at    INTEGER NOT NULL,
    "by"       BLOB,
    "event"    INTEGER,
    part       INTEGER NOT NULL,
    assignment BLOB,
    paid       INTEGER,
    "act"      INTEGER,
    pieces     INTEGER NOT NULL,
    seconds    INTEGER NOT NULL,
    counted    INTEGER NOT NULL,
    card       BLOB REFERENCES rate_card (id),
    "each"     INTEGER NOT NULL,
    "hour"     INTEGER NOT NULL,
    refers     INTEGER REFERENCES pay_entry (sequence),
    reason     INTEGER,
    words      BLOB,
    hash       BLOB NOT NULL
) STRICT;
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
    sequence INTEGER NOT NULL PRIMARY KEY,
    hash     BLOB NOT NULL,
    mac      BLOB NOT NULL,
    made_at  INTEGER NOT NULL
) STRICT;

-- The least that an hour earns at a place, from a day on.
CREATE TABLE pay_floor (
    place    TEXT NOT NULL,
    currency TEXT NOT NULL,
    "from"   TEXT NOT NULL,
    "hour"   INTEGER NOT NULL CHECK ("hour" > 0),
    top_up   INTEGER NOT NULL,
    made_at  INTEGER NOT NULL,
    "by"     BLOB NOT NULL,
    PRIMARY KEY (place, currency, "from")
) STRICT;

CREATE TABLE pay_statement (
    id        BLOB NOT NULL PRIMARY KEY,
    expert    BLOB NOT NULL,
    number    INTEGER NOT NULL,
    currency  TEXT NOT NULL,
    "from"    TEXT NOT NULL,
    until     TEXT NOT NULL,
    zone      TEXT NOT NULL,
    lines     INTEGER NOT NULL,
    total     INTEGER NOT NULL,
    head      INTEGER NOT NULL REFERENCES pay_entry (sequence),
    head_hash BLOB NOT NULL,
    made_at   INTEGER NOT NULL,
    "by"      BLOB NOT NULL,
    UNIQUE (expert, number)
) STRICT;
CREATE INDEX pay_statement_unpaid ON pay_statement (currency, until);

-- Each entry is stated once.
CREATE TABLE pay_statement_line (
    entry     INTEGER NOT NULL PRIMARY KEY REFERENCES pay_entry (sequence),
    statement BLOB NOT NULL REFERENCES pay_statement (id)
) STRICT;
CREATE INDEX pay_statement_line_statement ON pay_statement_line (statement, entry);

CREATE TABLE pay_statement_rate (
    statement  BLOB NOT NULL REFERENCES pay_statement (id),
    engagement BLOB NOT NULL,
    seconds    INTEGER NOT NULL,
    earned     INTEGER NOT NULL,
    shortfall  INTEGER NOT NULL,
    topped_up  INTEGER NOT NULL,
    unknown    INTEGER NOT NULL,
    PRIMARY KEY (statement, engagement)
) STRICT;
CREATE INDEX pay_statement_rate_short ON pay_statement_rate (statement) WHERE shortfall > topped_up OR unknown > 0;

-- state: 0 open 1 confirmed 2 released 3 ran out. id: the record with the evidence.
CREATE TABLE withholding (
    id         BLOB NOT NULL PRIMARY KEY,
    expert     BLOB NOT NULL,
    entry      INTEGER NOT NULL REFERENCES pay_entry (sequence),
    withheld   INTEGER NOT NULL REFERENCES pay_entry (sequence),
    state      INTEGER NOT NULL,
    "by"       BLOB NOT NULL,
    made_at    INTEGER NOT NULL,
    decide_by  INTEGER NOT NULL,
    decided_by BLOB,
    decided_at INTEGER,
    words      BLOB,
    released   INTEGER REFERENCES pay_entry (sequence)
) STRICT;
CREATE UNIQUE INDEX withholding_entry ON withholding (entry) WHERE state IN (0, 1);
CREATE INDEX withholding_clock ON withholding (decide_by) WHERE state = 0;
CREATE INDEX withholding_expert ON withholding (expert, id);

-- state: 0 open 1 upheld 2 dismissed. id: the record with the expert's words.
CREATE TABLE dispute (
    id          BLOB NOT NULL PRIMARY KEY,
    expert      BLOB NOT NULL,
    entry       INTEGER NOT NULL REFERENCES pay_entry (sequence),
    state       INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    answer_by   INTEGER NOT NULL,
    answered_by BLOB,
    answered_at INTEGER,
    answer      BLOB,
    settled     INTEGER REFERENCES pay_entry (sequence)
) STRICT;
CREATE UNIQUE INDEX dispute_entry ON dispute (entry) WHERE state = 0;
CREATE INDEX dispute_clock ON dispute (answer_by) WHERE state = 0;
CREATE INDEX dispute_expert ON dispute (expert, id);

-- state: 0 proposed 1 approved 2 withdrawn
CREATE TABLE payout (
    id          BLOB NOT NULL PRIMARY KEY,
    number      INTEGER NOT NULL UNIQUE,
    currency    TEXT NOT NULL,
    state       INTEGER NOT NULL,
    execute_on  TEXT NOT NULL,
    transfers   INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    digest      BLOB NOT NULL,
    proposed_by BLOB NOT NULL,
    proposed_at INTEGER NOT NULL
) STRICT;

-- A statement is paid once.
CREATE TABLE payout_line (
    statement BLOB NOT NULL PRIMARY KEY REFERENCES pay_statement (id),
    payout    BLOB NOT NULL REFERENCES payout (id),
    expert    BLOB NOT NULL,
    amount    INTEGER NOT NULL
) STRICT;
CREATE INDEX payout_line_payout ON payout_line (payout, statement);

CREATE TABLE payout_approval (
    payout BLOB NOT NULL PRIMARY KEY REFERENCES payout (id),
    "by"   BLOB NOT NULL,
    "at"   INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;

-- format: 1 CSV 2 pain.001. What was handed out, without the file.
CREATE TABLE payout_file (
    id     BLOB NOT NULL PRIMARY KEY,
    payout BLOB NOT NULL REFERENCES payout (id),
    format INTEGER NOT NULL,
    "by"   BLOB NOT NULL,
    "at"   INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX payout_file_payout ON payout_file (payout);

-- What is written once stays as it is.
CREATE TRIGGER rate_card_update BEFORE UPDATE ON rate_card BEGIN SELECT RAISE(ABORT, 'rate_card is only ever added to'); END;
CREATE TRIGGER rate_card_delete BEFORE DELETE ON rate_card BEGIN SELECT RAISE(ABORT, 'rate_card is only ever added to'); END;
CREATE TRIGGER rate_line_update BEFORE UPDATE ON rate_line BEGIN SELECT RAISE(ABORT, 'rate_line is only ever added to'); END;
CREATE TRIGGER rate_line_delete BEFORE DELETE ON rate_line BEGIN SELECT RAISE(ABORT, 'rate_line is only ever added to'); END;
CREATE TRIGGER frozen_rate_update BEFORE UPDATE ON frozen_rate BEGIN SELECT RAISE(ABORT, 'frozen_rate is only ever added to'); END;
CREATE TRIGGER frozen_rate_delete BEFORE DELETE ON frozen_rate BEGIN SELECT RAISE(ABORT, 'frozen_rate is only ever added to'); END;
CREATE TRIGGER pay_entry_update BEFORE UPDATE ON pay_entry BEGIN SELECT RAISE(ABORT, 'pay_entry is only ever added to'); END;
CREATE TRIGGER pay_entry_delete BEFORE DELETE ON pay_entry BEGIN SELECT RAISE(ABORT, 'pay_entry is only ever added to'); END;
CREATE TRIGGER pay_mark_update BEFORE UPDATE ON pay_mark BEGIN SELECT RAISE(ABORT, 'pay_mark is only ever added to'); END;
CREATE TRIGGER pay_mark_delete BEFORE DELETE ON pay_mark BEGIN SELECT RAISE(ABORT, 'pay_mark is only ever added to'); END;
CREATE TRIGGER pay_floor_update BEFORE UPDATE ON pay_floor BEGIN SELECT RAISE(ABORT, 'pay_floor is only ever added to'); END;
CREATE TRIGGER pay_floor_delete BEFORE DELETE ON pay_floor BEGIN SELECT RAISE(ABORT, 'pay_floor is only ever added to'); END;
CREATE TRIGGER pay_statement_update BEFORE UPDATE ON pay_statement BEGIN SELECT RAISE(ABORT, 'pay_statement is only ever added to'); END;
CREATE TRIGGER pay_statement_delete BEFORE DELETE ON pay_statement BEGIN SELECT RAISE(ABORT, 'pay_statement is only ever added to'); END;
CREATE TRIGGER pay_statement_line_update BEFORE UPDATE ON pay_statement_line BEGIN SELECT RAISE(ABORT, 'pay_statement_line is only ever added to'); END;
CREATE TRIGGER pay_statement_line_delete BEFORE DELETE ON pay_statement_line BEGIN SELECT RAISE(ABORT, 'pay_statement_line is only ever added to'); END;
CREATE TRIGGER pay_statement_rate_update BEFORE UPDATE ON pay_statement_rate BEGIN SELECT RAISE(ABORT, 'pay_statement_rate is only ever added to'); END;
CREATE TRIGGER pay_statement_rate_delete BEFORE DELETE ON pay_statement_rate BEGIN SELECT RAISE(ABORT, 'pay_statement_rate is only ever added to'); END;
CREATE TRIGGER payout_approval_update BEFORE UPDATE ON payout_approval BEGIN SELECT RAISE(ABORT, 'payout_approval is only ever added to'); END;
CREATE TRIGGER payout_approval_delete BEFORE DELETE ON payout_approval BEGIN SELECT RAISE(ABORT, 'payout_approval is only ever added to'); END;
CREATE TRIGGER payout_file_update BEFORE UPDATE ON payout_file BEGIN SELECT RAISE(ABORT, 'payout_file is only ever added to'); END;
CREATE TRIGGER payout_file_delete BEFORE DELETE ON payout_file BEGIN SELECT RAISE(ABORT, 'payout_file is only ever added to'); END;
