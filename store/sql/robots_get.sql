SELECT robots, robots_status, robots_at, robots_keep_s FROM dateline_store.host
WHERE host_key = $1 AND robots_at IS NOT NULL
