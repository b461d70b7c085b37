-- Arrays, an item a story: $1 id, $2 status, $3 outlet, $4 next, $5/$6 head,
-- $7 first, $8 first_url, $9 last, $10 visited.
INSERT INTO dateline_store.story (story_id, status, outlet_id, next_version,
	head_of, head_version, first_seen_at, first_url, last_seen_at, visited_at)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::int[],
	$5::bigint[], $6::int[], $7::timestamptz[], $8::text[],
	$9::timestamptz[], $10::timestamptz[])
ON CONFLICT (story_id) DO UPDATE SET status = excluded.status,
	outlet_id = excluded.outlet_id, next_version = excluded.next_version,
	head_of = excluded.head_of, head_version = excluded.head_version,
	first_seen_at = excluded.first_seen_at,
	first_url = excluded.first_url, last_seen_at = excluded.last_seen_at,
	visited_at = excluded.visited_at
