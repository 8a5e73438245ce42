-- state gains: 6 known (a file that was imported before) 7 undone. updates: what a known external id does: 0 refuse 1 update 2 skip.
ALTER TABLE import ADD COLUMN updates smallint NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN updated bigint NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN skipped bigint NOT NULL DEFAULT 0;
-- Keyed fingerprint of the file's content.
ALTER TABLE import ADD COLUMN fingerprint bytea;
CREATE INDEX import_fingerprint ON import (project, fingerprint) WHERE fingerprint IS NOT NULL;

-- image: id of its image.
ALTER TABLE item ADD COLUMN image uuid;
CREATE INDEX item_batch ON item (batch, id) WHERE batch IS NOT NULL;

-- What lists of items look for. Neither a lease nor a submission touches it.
CREATE INDEX slot_later ON slot (project, state, id) WHERE state >= 3;

-- id is also the id of the record with the file's name. name: keyed fingerprint of it. type: 1 png 2 jpeg 3 gif 4 webp
CREATE TABLE image (
    id         uuid NOT NULL PRIMARY KEY,
    project    uuid NOT NULL,
    import     uuid NOT NULL,
    name       bytea NOT NULL,
    type       smallint NOT NULL,
    bytes      bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX image_name ON image (import, name);

-- Its content, in order, each part a record.
CREATE TABLE image_part (
    image   uuid NOT NULL,
    ordinal integer NOT NULL,
    record  uuid NOT NULL UNIQUE,
    bytes   bigint NOT NULL,
    PRIMARY KEY (image, ordinal)
);

-- Facets that the lab allows in clear, and what items have of them.
CREATE TABLE facet (
    project    uuid NOT NULL,
    name       text NOT NULL,
    allowed_by uuid NOT NULL,
    allowed_at bigint NOT NULL,
    PRIMARY KEY (project, name)
);

CREATE TABLE item_facet (
    item    uuid NOT NULL,
    facet   text NOT NULL,
    value   text NOT NULL,
    project uuid NOT NULL,
    PRIMARY KEY (item, facet)
);
CREATE INDEX item_facet_value ON item_facet (project, facet, value, item);

-- id is also the id of the record with what is looked for. state: 0 scanning 1 done 2 cancelled 3 stopped. after: last item looked at.
CREATE TABLE search (
    id           uuid NOT NULL PRIMARY KEY,
    project      uuid NOT NULL,
    state        smallint NOT NULL,
    slots        smallint,
    after        uuid NOT NULL,
    scanned      bigint NOT NULL,
    total        bigint NOT NULL,
    found        bigint NOT NULL,
    attempts     integer NOT NULL,
    requested_by uuid NOT NULL,
    requested_at bigint NOT NULL,
    expires_at   bigint NOT NULL,
    ended_at     bigint
);
CREATE INDEX search_project ON search (project, id);
CREATE INDEX search_scanning ON search (id) WHERE state = 0;
CREATE INDEX search_expires ON search (expires_at);

-- What was found, sealed in runs.
CREATE TABLE search_finds (
    search  uuid NOT NULL,
    ordinal integer NOT NULL,
    record  uuid NOT NULL UNIQUE,
    PRIMARY KEY (search, ordinal)
);
