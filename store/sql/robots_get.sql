SELECT robots, robots_status, robots_at FROM dateline_store.host
WHERE host_key = $1 AND robots_at IS NOT NULL
