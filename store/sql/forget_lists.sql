-- Bytes that gave no text (feeds, fronts) of the outlets of pages $1, since
-- these were first seen: they may quote them.
SELECT DISTINCT c.host_key, c.body_hash FROM dateline_store.capture c
JOIN dateline_store.page g
	ON g.host_key = c.host_key AND g.url_key = c.url_key
WHERE c.body_hash IS NOT NULL AND c.text_hash IS NULL
	AND g.outlet_id IN (SELECT outlet_id FROM dateline_store.page
		WHERE url_key = ANY ($1))
	AND c.fetched_at >= (SELECT min(fetched_at) - interval '1 day'
		FROM dateline_store.capture WHERE url_key = ANY ($1))
