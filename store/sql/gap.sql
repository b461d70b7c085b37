-- Page $1 around $2: the next fetches that showed a text, with it, and of the misses
-- between them (rule 0) the first two before $2 and the first two since, a row each
-- or one without. Two tell, and a page may have been missed for years.
WITH b AS (
	SELECT c.fetched_at, c.text_hash FROM dateline_store.capture c
	WHERE c.url_key = $1 AND c.fetched_at < $2
	AND c.outcome IN ('article', 'truncated', 'unchanged')
	ORDER BY c.fetched_at DESC LIMIT 1
), a AS (
	SELECT c.fetched_at, c.text_hash FROM dateline_store.capture c
	WHERE c.url_key = $1 AND c.fetched_at > $2
	AND c.outcome IN ('article', 'truncated', 'unchanged')
	ORDER BY c.fetched_at LIMIT 1
), x AS (
	SELECT b.fetched_at AS since, b.text_hash AS was,
		a.fetched_at AS until, a.text_hash AS then
	FROM (SELECT) one LEFT JOIN b ON true LEFT JOIN a ON true
), m AS (
	(SELECT c.fetched_at FROM x JOIN dateline_store.capture c
		ON c.url_key = $1 AND c.fetched_at < $2
		AND c.fetched_at > coalesce(x.since, '-infinity')
		AND c.outcome IN ('gone', 'killed', 'emptied', 'noindex',
			'to_front')
	ORDER BY c.fetched_at LIMIT 2)
	UNION ALL
	(SELECT c.fetched_at FROM x JOIN dateline_store.capture c
		ON c.url_key = $1 AND c.fetched_at >= $2
		AND c.fetched_at < coalesce(x.until, 'infinity')
		AND c.outcome IN ('gone', 'killed', 'emptied', 'noindex',
			'to_front')
	ORDER BY c.fetched_at LIMIT 2)
)
SELECT x.since, x.until, m.fetched_at, x.was, x.then
FROM x LEFT JOIN m ON true
ORDER BY m.fetched_at
