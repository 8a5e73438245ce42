-- What a vendor is told of its people's work: ids, states, times, counted seconds. Written with the change it tells of.
-- sequence: per engagement from 1 without gaps; given when it is about to be sent. held: not to be told yet.
-- total: the event that tells of it among others, where the vendor gets totals.
CREATE TABLE work_event (
    id         INTEGER NOT NULL PRIMARY KEY,
    engagement BLOB NOT NULL REFERENCES engagement (id),
    sequence   INTEGER,
    type       INTEGER NOT NULL,
    kind       INTEGER,
    person     BLOB,
    project    BLOB,
    assignment BLOB,
    seconds    REAL,
    reason     INTEGER,
    total      INTEGER,
    cause      BLOB,
    at         INTEGER NOT NULL,
    held       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX work_event_sequence ON work_event (engagement, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX work_event_unnumbered ON work_event (engagement, id) WHERE sequence IS NULL AND total IS NULL AND held = FALSE;
CREATE INDEX work_event_total ON work_event (total) WHERE total IS NOT NULL;
CREATE INDEX work_event_held ON work_event (person, project, id) WHERE held = TRUE;
CREATE INDEX work_event_assignment ON work_event (assignment, person, id) WHERE assignment IS NOT NULL;
CREATE INDEX work_event_cause ON work_event (engagement, cause) WHERE cause IS NOT NULL;

-- The last number given.
ALTER TABLE engagement ADD COLUMN last_event INTEGER NOT NULL DEFAULT 0;

CREATE INDEX lapse_at ON lapse (lapsed_at);
