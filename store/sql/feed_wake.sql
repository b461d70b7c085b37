-- A sitemap that its index says was changed at $3 is due at $4.
UPDATE dateline_store.page SET next_fetch_at = $4
WHERE host_key = $1 AND url_key = $2 AND kind = 'feed'
	AND last_fetch_at < $3 AND next_fetch_at > $4
