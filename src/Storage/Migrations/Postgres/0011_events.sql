-- What a vendor is told of its people's work: ids, states, times, counted seconds. Written with the change it tells of.
-- sequence: per engagement from 1 without gaps; given when it is about to be sent. held: not to be told yet.
-- total: the event that tells of it among others, where the vendor gets totals.
CREATE TABLE work_event (
    id         bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    engagement uuid NOT NULL REFERENCES engagement (id),
    sequence   bigint,
    type       smallint NOT NULL,
    kind       smallint,
    person     uuid,
    project    uuid,
    assignment uuid,
    seconds    double precision,
    reason     smallint,
    total      bigint,
    cause      uuid,
    at         bigint NOT NULL,
    held       boolean NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX work_event_sequence ON work_event (engagement, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX work_event_unnumbered ON work_event (engagement, id) WHERE sequence IS NULL AND total IS NULL AND held = FALSE;
CREATE INDEX work_event_total ON work_event (total) WHERE total IS NOT NULL;
CREATE INDEX work_event_held ON work_event (person, project, id) WHERE held = TRUE;
CREATE INDEX work_event_assignment ON work_event (assignment, person, id) WHERE assignment IS NOT NULL;
CREATE INDEX work_event_cause ON work_event (engagement, cause) WHERE cause IS NOT NULL;

-- The last number given.
ALTER TABLE engagement ADD COLUMN last_event bigint NOT NULL DEFAULT 0;

CREATE INDEX lapse_at ON lapse (lapsed_at);
