-- What is known before a visit is written to WARC: the record that holds the
-- same bytes ($2), or those that page $3, spelt with host $1, showed last; and
-- whether the page is forgotten.
SELECT b.warc_id, b.warc_url, b.warc_digest, b.first_at,
	g.forgotten_at IS NOT NULL
FROM (VALUES (1)) one (x)
LEFT JOIN LATERAL (SELECT q.host_key, q.body_hash, q.forgotten_at
	FROM dateline_store.page q
	WHERE q.url_key = $3 AND (q.host_key = $1 OR q.kind = 'page')
	ORDER BY q.host_key = $1 DESC LIMIT 1) g ON true
LEFT JOIN dateline_store.body b ON b.host_key = coalesce(g.host_key, $1)
	AND b.body_hash = coalesce($2, g.body_hash)
	AND b.warc_file IS NOT NULL
