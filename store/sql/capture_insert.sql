INSERT INTO dateline_store.capture (host_key, capture_id, url_key, fetched_at,
	outcome, http_status, code, bytes, duration_ms, body_hash, text_hash,
	extractor, final_url, warc_file, warc_offset)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT DO NOTHING
