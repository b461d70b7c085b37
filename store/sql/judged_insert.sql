-- $1 host_key, $2 capture_id, $3 body_hash. No row: it was judged before.
INSERT INTO dateline_store.judged (host_key, capture_id, body_hash)
VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1
