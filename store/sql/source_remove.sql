-- No longer visited; what was recorded stays.
UPDATE dateline_store.page SET next_fetch_at = NULL, kind = 'page',
	paused = true
WHERE url_key = $1 AND kind IN ('feed', 'source') RETURNING url
