-- A late text moves the lead of a return that was told before; of several in one batch
-- the last counts.
INSERT INTO dateline_store.version_return (story_id, version, seen_at, url_key,
	lead_at)
SELECT DISTINCT ON (1, 2, 3, 4) x.story, x.version, x.seen, x.url, x.lead
FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::uuid[],
	$5::timestamptz[]) WITH ORDINALITY
	x(story, version, seen, url, lead, i)
ORDER BY 1, 2, 3, 4, x.i DESC
ON CONFLICT (story_id, version, seen_at, url_key)
DO UPDATE SET lead_at = excluded.lead_at
