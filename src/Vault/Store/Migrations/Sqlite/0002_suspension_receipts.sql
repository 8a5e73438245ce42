-- Acts 6 and 7, suspend and resume: what is suspended is told from the ledger at every start.
CREATE INDEX receipt_suspension ON receipt (id) WHERE act IN (6, 7);
