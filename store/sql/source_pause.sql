UPDATE dateline_store.page SET paused = $2 WHERE url_key = $1
	AND kind IN ('feed', 'source') RETURNING url
