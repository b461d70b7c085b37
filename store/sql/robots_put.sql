-- $1 host_key, $2 authority: one that redirects lead to, or with a port, has no
-- row before.
INSERT INTO dateline_store.host (host_key, authority, robots, robots_status,
	robots_at, robots_keep_s)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (host_key) DO UPDATE SET robots = excluded.robots,
	robots_status = excluded.robots_status,
	robots_at = excluded.robots_at, robots_keep_s = excluded.robots_keep_s
