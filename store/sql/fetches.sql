-- Fetches of a page around $2 that showed the text of its stretch $3..$4; a text
-- that rule 2 held stands in it, and shows another.
SELECT max(c.fetched_at) FILTER (WHERE c.fetched_at < $2),
	min(c.fetched_at) FILTER (WHERE c.fetched_at > $2)
FROM dateline_store.capture c
WHERE c.url_key = $1 AND c.fetched_at BETWEEN $3 AND $4
	AND (c.outcome = 'unchanged' OR c.text_hash IN (
		SELECT e.text_hash FROM dateline_store.capture e
		WHERE e.url_key = $1 AND e.fetched_at IN ($3, $4)))
