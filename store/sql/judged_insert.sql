-- Arrays: $1 host_key, $2 capture_id, $3 body_hash. Which of them (1-based)
-- are new; of two that are the same the first.
WITH x AS (
	SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[])
		WITH ORDINALITY x(host, capture, body, i)
), new AS (
	INSERT INTO dateline_store.judged (host_key, capture_id, body_hash)
	SELECT host, capture, body FROM x ORDER BY i
	ON CONFLICT DO NOTHING RETURNING host_key, capture_id
)
SELECT min(x.i) FROM new JOIN x ON x.host = new.host_key
	AND x.capture = new.capture_id
GROUP BY new.host_key, new.capture_id
