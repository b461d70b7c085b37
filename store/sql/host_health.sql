-- Of a host's pages that carry a story and were visited since $2: how many are
-- missing (a first miss, or an error), how many showed their text.
SELECT count(*) FILTER (WHERE p.missed_at IS NOT NULL
		OR p.last_outcome = 'http_error'),
	count(*) FILTER (WHERE p.missed_at IS NULL
		AND p.last_outcome IN ('article', 'unchanged'))
FROM dateline_store.page p
WHERE p.host_key = $1 AND p.kind = 'page' AND p.story_id IS NOT NULL
	AND p.last_fetch_at >= $2
	AND EXISTS (SELECT FROM dateline_store.posting g
		WHERE g.url_key = p.url_key AND g.status = 'live')
