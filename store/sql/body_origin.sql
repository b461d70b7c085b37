-- What is known before a visit is written to WARC: the record that holds the
-- same bytes ($2), or those that page $3 of host $1 showed last; and whether
-- the page is forgotten.
SELECT b.warc_id, b.warc_url, b.warc_digest, b.first_at,
	g.forgotten_at IS NOT NULL
FROM (VALUES (1)) one (x)
LEFT JOIN dateline_store.page g ON g.host_key = $1 AND g.url_key = $3
LEFT JOIN dateline_store.body b ON b.host_key = $1
	AND b.body_hash = coalesce($2, g.body_hash)
	AND b.warc_file IS NOT NULL
