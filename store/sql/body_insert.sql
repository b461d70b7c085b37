-- The first place stays; one in WARC joins one in the database.
INSERT INTO dateline_store.body (host_key, body_hash, zstd, bytes,
	content_type, first_at, warc_file, warc_offset, warc_id, warc_url,
	warc_digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (host_key, body_hash) DO UPDATE SET
	warc_file = excluded.warc_file, warc_offset = excluded.warc_offset,
	warc_id = excluded.warc_id, warc_url = excluded.warc_url,
	warc_digest = excluded.warc_digest
WHERE body.warc_file IS NULL AND excluded.warc_file IS NOT NULL
