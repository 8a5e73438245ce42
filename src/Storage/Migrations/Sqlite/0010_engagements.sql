-- A vendor's work for a lab. name: the record that holds it.
CREATE TABLE engagement (
    id         BLOB NOT NULL PRIMARY KEY,
    lab        BLOB NOT NULL REFERENCES lab (id),
    name       BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX engagement_lab ON engagement (lab, id);

-- The engagement that somebody works under; null for the lab's own people.
ALTER TABLE member ADD COLUMN engagement BLOB REFERENCES engagement (id);
CREATE INDEX member_engagement ON member (engagement) WHERE engagement IS NOT NULL;
ALTER TABLE invitation ADD COLUMN engagement BLOB REFERENCES engagement (id);

-- What a section weighs by itself, 0 to 1,000; null: what the lab's policy says of sections.
ALTER TABLE guideline_section ADD COLUMN weight INTEGER;
