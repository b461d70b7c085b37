-- Until when a host ($1 host_key) rests, and why; no row: it does not.
SELECT next_ask_at, rest_why FROM dateline_store.host
WHERE host_key = $1 AND rest_failures > 0
	AND next_ask_at > dateline_store.clock()
