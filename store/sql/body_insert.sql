-- Arrays, an item a body, each once. The first place stays; one in WARC joins
-- one in the database.
INSERT INTO dateline_store.body (host_key, body_hash, zstd, bytes,
	content_type, first_at, warc_file, warc_offset, warc_id, warc_url,
	warc_digest)
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bigint[],
	$5::text[], $6::timestamptz[], $7::text[], $8::bigint[], $9::uuid[],
	$10::text[], $11::text[])
ON CONFLICT (host_key, body_hash) DO UPDATE SET
	warc_file = excluded.warc_file, warc_offset = excluded.warc_offset,
	warc_id = excluded.warc_id, warc_url = excluded.warc_url,
	warc_digest = excluded.warc_digest
WHERE body.warc_file IS NULL AND excluded.warc_file IS NOT NULL
