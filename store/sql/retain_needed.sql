-- Bytes that lie in file $1 alone and are shown by a page still visited.
SELECT b.host_key, b.body_hash FROM dateline_store.body b
WHERE b.warc_file = $1 AND b.zstd IS NULL
	AND EXISTS (SELECT FROM dateline_store.page g
		WHERE g.host_key = b.host_key AND g.body_hash = b.body_hash
		AND g.next_fetch_at IS NOT NULL AND NOT g.paused)
