-- sensitivity: 0 open 1 task 2 staff. tags: facet=value of facets that the lab allows in clear, one a line; empty for all items.
ALTER TABLE guideline_section ADD COLUMN sensitivity INTEGER NOT NULL DEFAULT 1;
ALTER TABLE guideline_section ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- Who has read which guidelines.
CREATE TABLE acknowledgement (
    project BLOB NOT NULL,
    version INTEGER NOT NULL,
    person  BLOB NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (project, person, version)
) STRICT, WITHOUT ROWID;

-- warnings: record of what people are warned of before they see the project's content.
ALTER TABLE project ADD COLUMN warnings BLOB;

-- accepted: they work on content that is warned of; otherwise they are given none of it.
CREATE TABLE warning_choice (
    project  BLOB NOT NULL,
    person   BLOB NOT NULL,
    accepted INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (project, person)
) STRICT, WITHOUT ROWID;

-- id is also the id of the record with the question's words; answer is the record of the answer's.
CREATE TABLE asked_question (
    id          BLOB NOT NULL PRIMARY KEY,
    project     BLOB NOT NULL,
    slot        BLOB NOT NULL,
    person      BLOB NOT NULL,
    asked_at    INTEGER NOT NULL,
    answer      BLOB,
    answered_by BLOB,
    answered_at INTEGER,
    published   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_question_project ON asked_question (project, id);
