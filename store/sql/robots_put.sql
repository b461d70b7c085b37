UPDATE dateline_store.host SET robots = $2, robots_status = $3, robots_at = $4,
	robots_keep_s = $5
WHERE host_key = $1
