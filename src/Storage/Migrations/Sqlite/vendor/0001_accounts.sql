-- Tables and columns with capitals are ASP.NET Core Identity's (schema version 3), under the names it gives them.
-- Ids are UUIDs in 16 big-endian bytes; times are UTC microseconds since 1970.

CREATE TABLE "AspNetUsers" (
    "Id"                   BLOB NOT NULL PRIMARY KEY,
    "CreatedAt"            INTEGER NOT NULL,
    -- Time step of the last one-time code that was accepted (RFC 6238).
    "TotpStep"             INTEGER NOT NULL,
    "UserName"             TEXT,
    "NormalizedUserName"   TEXT,
    "Email"                TEXT,
    "NormalizedEmail"      TEXT,
    "EmailConfirmed"       INTEGER NOT NULL,
    "PasswordHash"         TEXT,
    "SecurityStamp"        TEXT,
    "ConcurrencyStamp"     TEXT,
    "PhoneNumber"          TEXT,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled"     INTEGER NOT NULL,
    "LockoutEnd"           INTEGER,
    "LockoutEnabled"       INTEGER NOT NULL,
    "AccessFailedCount"    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");
CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");

CREATE TABLE "AspNetUserClaims" (
    "Id"         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "UserId"     BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    "ClaimType"  TEXT,
    "ClaimValue" TEXT
) STRICT;
CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");

CREATE TABLE "AspNetUserLogins" (
    "LoginProvider"       TEXT NOT NULL,
    "ProviderKey"         TEXT NOT NULL,
    "ProviderDisplayName" TEXT,
    "UserId"              BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    PRIMARY KEY ("LoginProvider", "ProviderKey")
) STRICT;
CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");

-- The value of an authenticator key is the id of a sealed record, never the key.
CREATE TABLE "AspNetUserTokens" (
    "UserId"        BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    "LoginProvider" TEXT NOT NULL,
    "Name"          TEXT NOT NULL,
    "Value"         TEXT,
    PRIMARY KEY ("UserId", "LoginProvider", "Name")
) STRICT;

-- Public keys.
CREATE TABLE "AspNetUserPasskeys" (
    "CredentialId" BLOB NOT NULL PRIMARY KEY,
    "UserId"       BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    "Data"         TEXT NOT NULL
) STRICT;
CREATE INDEX "IX_AspNetUserPasskeys_UserId" ON "AspNetUserPasskeys" ("UserId");

-- The cookie holds id and secret; secret_hash is SHA-256 of the secret's 32 bytes. kind: 1 passkey 2 password
CREATE TABLE session (
    id           BLOB NOT NULL PRIMARY KEY,
    account      BLOB NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    kind         INTEGER NOT NULL,
    secret_hash  BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at     INTEGER,
    -- Of labs alone: the browser key that the session is bound to.
    browser_key  BLOB,
    -- When a passkey was last used in it.
    passkey_at   INTEGER
) STRICT;
CREATE INDEX session_account ON session (account);

-- Enrolment links; token_hash is SHA-256 of the token's 32 bytes. lab: the vendor, under the name that its vault knows it by.
-- role: 1 expert 2 manager 3 payroll 4 owner
CREATE TABLE invitation (
    id         BLOB NOT NULL PRIMARY KEY,
    lab        BLOB NOT NULL,
    role       INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    created_by BLOB,
    engagement BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX invitation_token_hash ON invitation (token_hash);
CREATE INDEX invitation_lab ON invitation (lab);

CREATE TABLE vendor (
    id         BLOB NOT NULL PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

-- Somebody with an account at the vendor. id is also the name in the vendor's receipts and of the key of what is held about them.
-- role: 1 expert 2 manager 3 payroll 4 owner. name: the account's handle.
CREATE TABLE person (
    id         BLOB NOT NULL PRIMARY KEY,
    vendor     BLOB NOT NULL REFERENCES vendor (id),
    account    BLOB NOT NULL UNIQUE REFERENCES "AspNetUsers" ("Id"),
    name       TEXT NOT NULL,
    role       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    left_at    INTEGER
) STRICT;
CREATE INDEX person_vendor ON person (vendor, role, id);
