UPDATE dateline_store.host SET broken_since = coalesce(broken_since, $2),
	broken_why = $3
WHERE host_key = $1
