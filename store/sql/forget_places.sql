-- WARC records with the bytes $2 of hosts $1.
SELECT c.warc_file, c.warc_offset FROM dateline_store.capture c
JOIN unnest($1::bigint[], $2::uuid[]) AS x (host_key, body_hash)
	ON x.host_key = c.host_key AND x.body_hash = c.body_hash
WHERE c.warc_file IS NOT NULL
UNION SELECT b.warc_file, b.warc_offset FROM dateline_store.body b
JOIN unnest($1::bigint[], $2::uuid[]) AS x (host_key, body_hash)
	ON x.host_key = b.host_key AND x.body_hash = b.body_hash
WHERE b.warc_file IS NOT NULL
ORDER BY 1, 2
