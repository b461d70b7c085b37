INSERT INTO dateline_store.capture (host_key, capture_id, url_key, fetched_at,
	outcome, http_status, code, bytes, duration_ms, body_hash, text_hash,
	extractor, final_url, warc_file, warc_offset)
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::timestamptz[],
	$5::text[], $6::int[], $7::text[], $8::bigint[], $9::int[], $10::uuid[],
	$11::uuid[], $12::int[], $13::text[], $14::text[], $15::bigint[])
ON CONFLICT DO NOTHING
