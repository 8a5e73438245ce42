-- The browser key that the session used first, and no other since; null: none yet.
ALTER TABLE session ADD COLUMN browser_key uuid;
-- When its person last used a passkey in it; null: never.
ALTER TABLE session ADD COLUMN passkey_at bigint;

-- Minutes after which the project wants a passkey used again; null: never.
ALTER TABLE project ADD COLUMN step_up_minutes integer;

-- A browser key of somebody of the staff that waits for an enrolled colleague's signature. public_key: 65 bytes, a point of P-256.
CREATE TABLE pending_key (
    id         uuid NOT NULL PRIMARY KEY,
    lab        uuid NOT NULL REFERENCES lab (id),
    person     uuid NOT NULL,
    public_key bytea NOT NULL,
    asked_at   bigint NOT NULL
);
CREATE INDEX pending_key_lab ON pending_key (lab, id);
