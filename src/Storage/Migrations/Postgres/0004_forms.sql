-- sensitivity: 0 open 1 task 2 staff. tags: facet=value of facets that the lab allows in clear, one a line; empty for all items.
ALTER TABLE guideline_section ADD COLUMN sensitivity smallint NOT NULL DEFAULT 1;
ALTER TABLE guideline_section ADD COLUMN tags text NOT NULL DEFAULT '';

-- Who has read which guidelines.
CREATE TABLE acknowledgement (
    project uuid NOT NULL,
    version integer NOT NULL,
    person  uuid NOT NULL,
    at      bigint NOT NULL,
    PRIMARY KEY (project, person, version)
);

-- warnings: record of what people are warned of before they see the project's content.
ALTER TABLE project ADD COLUMN warnings uuid;

-- accepted: they work on content that is warned of; otherwise they are given none of it.
CREATE TABLE warning_choice (
    project  uuid NOT NULL,
    person   uuid NOT NULL,
    accepted boolean NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (project, person)
);

-- id is also the id of the record with the question's words; answer is the record of the answer's.
CREATE TABLE asked_question (
    id          uuid NOT NULL PRIMARY KEY,
    project     uuid NOT NULL,
    slot        uuid NOT NULL,
    person      uuid NOT NULL,
    asked_at    bigint NOT NULL,
    answer      uuid,
    answered_by uuid,
    answered_at bigint,
    published   boolean NOT NULL
);
CREATE INDEX asked_question_project ON asked_question (project, id);
