-- A page ($1 host_key, $2 url_key) that was set apart for code $3 is due at $4.
UPDATE dateline_store.page SET next_fetch_at = $4, last_code = NULL
WHERE url_key = $2 AND (host_key = $1 OR kind = 'page') AND last_code = $3
	AND last_outcome = 'refused'
