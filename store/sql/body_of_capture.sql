-- What a revisit refers to: the capture of page $1 (or ending on URL $3) at
-- $2; without a time the page's last before $4.
SELECT c.host_key, c.body_hash FROM dateline_store.capture c
WHERE c.body_hash IS NOT NULL AND (c.fetched_at = $2
	AND (c.url_key = $1 OR c.final_url = $3)
	OR $2::timestamptz IS NULL AND c.url_key = $1 AND c.fetched_at < $4)
ORDER BY c.fetched_at DESC LIMIT 1
