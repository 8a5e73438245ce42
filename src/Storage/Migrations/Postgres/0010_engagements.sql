-- A vendor's work for a lab. name: the record that holds it.
CREATE TABLE engagement (
    id         uuid NOT NULL PRIMARY KEY,
    lab        uuid NOT NULL REFERENCES lab (id),
    name       uuid NOT NULL,
    created_at bigint NOT NULL,
    created_by uuid NOT NULL,
    ended_at   bigint
);
CREATE INDEX engagement_lab ON engagement (lab, id);

-- The engagement that somebody works under; null for the lab's own people.
ALTER TABLE member ADD COLUMN engagement uuid REFERENCES engagement (id);
CREATE INDEX member_engagement ON member (engagement) WHERE engagement IS NOT NULL;
ALTER TABLE invitation ADD COLUMN engagement uuid REFERENCES engagement (id);

-- What a section weighs by itself, 0 to 1,000; null: what the lab's policy says of sections.
ALTER TABLE guideline_section ADD COLUMN weight smallint;
