-- Fetches of a page around $2, within its stretch $3..$4.
SELECT max(fetched_at) FILTER (WHERE fetched_at < $2),
	min(fetched_at) FILTER (WHERE fetched_at > $2)
FROM dateline_store.capture
WHERE url_key = $1 AND fetched_at BETWEEN $3 AND $4
	AND outcome IN ('article', 'unchanged')
