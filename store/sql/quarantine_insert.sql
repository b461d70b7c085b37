INSERT INTO dateline_store.quarantine (input, stage, code, message, at,
	body_hash, zstd, bytes, content_type, url, outlet_id, fetched_at)
VALUES ($1, $2, $3, $4, dateline_store.clock(), $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (input, stage, code, body_hash) DO UPDATE SET
	tries = quarantine.tries + 1, at = excluded.at, message = excluded.message
