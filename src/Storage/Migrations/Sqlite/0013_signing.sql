-- The browser key that the session used first, and no other since; null: none yet.
ALTER TABLE session ADD COLUMN browser_key BLOB;
-- When its person last used a passkey in it; null: never.
ALTER TABLE session ADD COLUMN passkey_at INTEGER;

-- Minutes after which the project wants a passkey used again; null: never.
ALTER TABLE project ADD COLUMN step_up_minutes INTEGER;

-- A browser key of somebody of the staff that waits for an enrolled colleague's signature. public_key: 65 bytes, a point of P-256.
CREATE TABLE pending_key (
    id         BLOB NOT NULL PRIMARY KEY,
    lab        BLOB NOT NULL REFERENCES lab (id),
    person     BLOB NOT NULL,
    public_key BLOB NOT NULL,
    asked_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_key_lab ON pending_key (lab, id);
