-- How somebody signed in. 0 not known, from before it was kept 1 passkey 2 password
ALTER TABLE session ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;

-- Tokens for programs. mark: keyed fingerprint of secret, id, lab, account, scopes and expiry, so that nobody makes or widens a token
-- by writing here. scopes: 1 read 2 import 4 manage 8 deliver 16 work
CREATE TABLE api_token (
    id           BLOB NOT NULL PRIMARY KEY,
    lab          BLOB NOT NULL REFERENCES lab (id),
    account      BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    name         TEXT NOT NULL,
    scopes       INTEGER NOT NULL,
    mark         BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT;
CREATE INDEX api_token_lab ON api_token (lab, account);

-- What somebody is told, by ids alone. person: pseudonym. kind: numbered in NoticeKind.
CREATE TABLE notice (
    id      BLOB NOT NULL PRIMARY KEY,
    lab     BLOB NOT NULL REFERENCES lab (id),
    person  BLOB NOT NULL,
    kind    INTEGER NOT NULL,
    project BLOB,
    subject BLOB,
    at      INTEGER NOT NULL,
    read_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_person ON notice (lab, person, id);
CREATE INDEX notice_unread ON notice (lab, person, at) WHERE read_at IS NULL;

-- Where notices are mailed to: record holds the address. topics: 1 my work 2 projects 4 access. code_mark: keyed fingerprint of the code
-- that was mailed to it. mailed_through: notices up to this time have been mailed, or were there before.
CREATE TABLE notice_address (
    account        BLOB NOT NULL PRIMARY KEY REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    record         BLOB NOT NULL,
    topics         INTEGER NOT NULL,
    code_mark      BLOB,
    code_tries     INTEGER NOT NULL,
    code_sent_at   INTEGER NOT NULL,
    confirmed_at   INTEGER,
    mailed_through INTEGER NOT NULL,
    next_mail_at   INTEGER NOT NULL,
    failures       INTEGER NOT NULL
) STRICT;
