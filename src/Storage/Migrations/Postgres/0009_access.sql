-- How somebody signed in. 0 not known, from before it was kept 1 passkey 2 password
ALTER TABLE session ADD COLUMN kind smallint NOT NULL DEFAULT 0;

-- Tokens for programs. mark: keyed fingerprint of secret, id, lab, account, scopes and expiry, so that nobody makes or widens a token
-- by writing here. scopes: 1 read 2 import 4 manage 8 deliver 16 work
CREATE TABLE api_token (
    id           uuid NOT NULL PRIMARY KEY,
    lab          uuid NOT NULL REFERENCES lab (id),
    account      uuid NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    name         text NOT NULL,
    scopes       smallint NOT NULL,
    mark         bytea NOT NULL,
    created_at   bigint NOT NULL,
    expires_at   bigint NOT NULL,
    last_used_at bigint,
    revoked_at   bigint
);
CREATE INDEX api_token_lab ON api_token (lab, account);

-- What somebody is told, by ids alone. person: pseudonym. kind: numbered in NoticeKind.
CREATE TABLE notice (
    id      uuid NOT NULL PRIMARY KEY,
    lab     uuid NOT NULL REFERENCES lab (id),
    person  uuid NOT NULL,
    kind    smallint NOT NULL,
    project uuid,
    subject uuid,
    at      bigint NOT NULL,
    read_at bigint
);
CREATE INDEX notice_person ON notice (lab, person, id);
CREATE INDEX notice_unread ON notice (lab, person, at) WHERE read_at IS NULL;

-- Where notices are mailed to: record holds the address. topics: 1 my work 2 projects 4 access. code_mark: keyed fingerprint of the code
-- that was mailed to it. mailed_through: notices up to this time have been mailed, or were there before.
CREATE TABLE notice_address (
    account        uuid NOT NULL PRIMARY KEY REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    record         uuid NOT NULL,
    topics         smallint NOT NULL,
    code_mark      bytea,
    code_tries     integer NOT NULL,
    code_sent_at   bigint NOT NULL,
    confirmed_at   bigint,
    mailed_through bigint NOT NULL,
    next_mail_at   bigint NOT NULL,
    failures       integer NOT NULL
);
