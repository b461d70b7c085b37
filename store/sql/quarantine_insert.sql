INSERT INTO dateline_store.quarantine (input, stage, code, message, at, body_hash)
VALUES ($1, $2, $3, $4, dateline_store.clock(), $5) ON CONFLICT DO NOTHING
