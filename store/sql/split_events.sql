-- Events about pages $3 that showed in story $1 show in story $2, whose homes
-- are $4 (their own events do so already), if the stretch that they tell of is
-- there: the page's last that had begun by then, else its first. They take the
-- number that $2 has for what the stretch carries; if it had none, for their own
-- version.
WITH told AS (
	SELECT e.event_id, x.version_of, x.version
	FROM dateline_store.page p
	JOIN dateline_store.event e ON e.url = p.url
	JOIN dateline_store.story s ON s.story_id = e.shown_in AND s.root = $1
		AND s.story_id <> ALL ($4::bigint[])
	CROSS JOIN LATERAL (SELECT z.story_id, z.version_of, z.version
		FROM dateline_store.story f
		JOIN dateline_store.sighting z ON z.story_id = f.story_id
			AND z.url_key = p.url_key
		WHERE f.root IN ($1, $2)
		ORDER BY z.first_seen_at > e.observed_at, CASE
			WHEN z.first_seen_at <= e.observed_at
			THEN z.first_seen_at END DESC, z.first_seen_at
		LIMIT 1) x
	WHERE p.url_key = ANY ($3::uuid[]) AND x.story_id = ANY ($4::bigint[])
)
UPDATE dateline_store.event e SET moved_to = $2, moved_version = CASE
	WHEN e.version IS NOT NULL THEN (SELECT c.version FROM (
		SELECT 1 AS rank, t.version AS version WHERE t.version_of = $2
		UNION ALL
		SELECT 2, m.into_version FROM dateline_store.version_map m
		WHERE m.story_id = t.version_of AND m.version = t.version
			AND m.into_id = $2
		UNION ALL
		SELECT 3, n.home_version WHERE n.home = $2
		UNION ALL
		SELECT 4, m.into_version FROM dateline_store.version_map m
		WHERE m.story_id = n.home AND m.version = n.home_version
			AND m.into_id = $2) c
	ORDER BY c.rank, c.version LIMIT 1) END
FROM told t
JOIN dateline_store.event_now n ON n.event_id = t.event_id
WHERE e.event_id = t.event_id
