-- Feeds and sitemaps of $1 outlet that work, besides $2.
SELECT count(*) FROM dateline_store.page
WHERE outlet_id = $1 AND kind IN ('feed', 'source') AND NOT front
	AND url_key <> $2 AND last_outcome IN ('links', 'unchanged')
