-- $1 id, $2 status, $3 outlet, $4 next, $5/$6 head, $7 first, $8 first_url,
-- $9 last, $10 visited.
INSERT INTO dateline_store.story (story_id, status, outlet_id, next_version,
	head_of, head_version, first_seen_at, first_url, last_seen_at, visited_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (story_id) DO UPDATE SET status = excluded.status,
	next_version = excluded.next_version, head_of = excluded.head_of,
	head_version = excluded.head_version,
	first_seen_at = excluded.first_seen_at,
	first_url = excluded.first_url, last_seen_at = excluded.last_seen_at,
	visited_at = excluded.visited_at
